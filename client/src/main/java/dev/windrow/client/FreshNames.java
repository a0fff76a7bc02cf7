package dev.windrow.client;

import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes names for jobs that have none: {@code adjective_noun_suffix}, 50 bits of chance. */
final class FreshNames {
    private static final List<String> ADJECTIVES =
            List.of(
                    "amber", "brave", "bright", "calm", "clever", "crisp", "eager", "early",
                    "gentle", "golden", "green", "happy", "keen", "light", "lively", "mellow",
                    "mild", "neat", "noble", "plain", "proud", "quick", "quiet", "ready", "ripe",
                    "silver", "steady", "sunny", "swift", "tidy", "warm", "wise");
    private static final List<String> NOUNS =
            List.of(
                    "acorn", "barley", "barn", "bee", "birch", "brook", "clover", "crane", "field",
                    "finch", "furrow", "grain", "harvest", "hay", "hedge", "heron", "lark",
                    "meadow", "mill", "oak", "oat", "orchard", "plough", "poppy", "reed", "rye",
                    "sheaf", "sickle", "sparrow", "stubble", "wheat", "willow");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int SUFFIX = 10;

    private FreshNames() {}

    static String next() {
        return from(new SecureRandom());
    }

    static String from(RandomGenerator chance) {
        StringBuilder name = new StringBuilder();
        name.append(ADJECTIVES.get(chance.nextInt(ADJECTIVES.size()))).append('_');
        name.append(NOUNS.get(chance.nextInt(NOUNS.size()))).append('_');
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }
}
