package dev.windrow.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a word of the command line may choose: a verb, or a group with verbs of its own. */
sealed interface Choice {

    /** The word itself. */
    String name();

    /** What follows it, such as {@code NAME [FILE]}; may be empty. */
    String operands();

    /** Half a line for the overview. */
    String summary();

    /**
     * A verb.
     *
     * @param make makes it; nothing of it is loaded before
     */
    record Single(String name, String operands, String summary, Supplier<Verb> make)
            implements Choice {

        /** How it is called after the words up to its own. */
        String call(String path) {
            return operands.isEmpty() ? path : path + " " + operands;
        }
    }

    /**
     * Verbs under one word; the command itself is the outermost group.
     *
     * @param summary also the first line of its help
     * @param sections in the order of its help
     * @param closing the last lines of its help, from its further options on; may be empty
     */
    record Group(String name, String summary, List<Section> sections, String closing)
            implements Choice {

        public Group {
            sections = List.copyOf(sections);
        }

        @Override
        public String operands() {
            return "VERB";
        }

        List<Choice> choices() {
            return sections.stream().flatMap(section -> section.choices().stream()).toList();
        }

        List<String> names() {
            return choices().stream().map(Choice::name).toList();
        }

        Optional<Choice> find(String typed) {
            return choices().stream().filter(choice -> choice.name().equals(typed)).findFirst();
        }
    }

    /** Choices that belong together, with what is written above them. */
    record Section(String title, List<Choice> choices) {

        public Section {
            choices = List.copyOf(choices);
        }
    }
}
