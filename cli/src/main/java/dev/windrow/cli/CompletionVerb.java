package dev.windrow.cli;

import java.util.List;

/** Prints a completion script for a shell. */
final class CompletionVerb implements Verb {

    private static final String SCRIPT =
            """
            _windrow() {
              local verb="${COMP_WORDS[1]}" word="${COMP_WORDS[COMP_CWORD]}"
              local before="${COMP_WORDS[COMP_CWORD-1]}" options="" names=""
              COMPREPLY=()
              if [ "$COMP_CWORD" -le 1 ]; then
                COMPREPLY=($(compgen -W "@VERBS@ --help --version" -- "$word"))
                return
              fi
              case "$verb" in
            @CASES@  esac
              case "$before" in
                --python|--input|--output|--code)
                  COMPREPLY=($(compgen -f -- "$word")); return ;;
              esac
              case "$word" in
                -*) COMPREPLY=($(compgen -W "$options" -- "$word")); return ;;
              esac
              case "$verb" in
                resume|show|logs|dump)
                  if [ "$COMP_CWORD" -eq 2 ]; then
                    names="$(ls -1 "${WINDROW_HOME:-$HOME/.windrow}/jobs" 2>/dev/null)"
                    COMPREPLY=($(compgen -W "$names" -- "$word"))
                    return
                  fi ;;
                completion) COMPREPLY=($(compgen -W "bash zsh" -- "$word")); return ;;
                help) COMPREPLY=($(compgen -W "@VERBS@" -- "$word")); return ;;
              esac
              COMPREPLY=($(compgen -f -- "$word"))
            }
            complete -o filenames -F _windrow windrow
            """;

    @Override
    public Syntax syntax() {
        return Syntax.empty().required("bash|zsh");
    }

    @Override
    public int run(Given given, Shell shell) {
        String asked = given.word(0);
        switch (asked) {
            case "bash" -> shell.out(List.of(script().stripTrailing()));
            case "zsh" ->
                    shell.out(
                            List.of(
                                    "autoload -U +X bashcompinit && bashcompinit",
                                    script().stripTrailing()));
            default ->
                    throw new UsageException("shell: %s (expected: bash or zsh)".formatted(asked));
        }
        return ExitCode.COMPLETED;
    }

    private static String script() {
        StringBuilder cases = new StringBuilder();
        for (String name : Verbs.NAMES) {
            List<String> options = Verbs.find(name).orElseThrow().syntax().names();
            cases.append("    %s) options=\"%s\" ;;\n".formatted(name, String.join(" ", options)));
        }
        return SCRIPT.replace("@VERBS@", String.join(" ", Verbs.NAMES) + " help")
                .replace("@CASES@", cases);
    }
}
