package dev.windrow.api.agent;

import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.runtime.host.AgentEntrance.Admission;
import java.util.OptionalInt;

/** What all requests of agents have in common. */
final class AgentRequests {

    /** Name of the parameter that is the number of the agent's instance. */
    static final String AGENT = "agent";

    private static final String SCHEME = "Bearer ";
    private static final int AGENTS_MAX = 1_000_000;

    private AgentRequests() {}

    /** The token that came with a request. */
    static String token(Request request) {
        return token(request.header("authorization").orElse(""));
    }

    /** The token of such a header. */
    static String token(String said) {
        if (!said.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw unknown();
        }
        return said.substring(SCHEME.length()).strip();
    }

    /** The number of the agent's instance. */
    static int agent(Request request) {
        return instance(request)
                .orElseThrow(() -> Problem.invalid(AGENT, "", "number of the instance"));
    }

    /** The same when it is said. */
    static OptionalInt instance(Request request) {
        int agent = request.whole(AGENT, 0, AGENTS_MAX, -1);
        return agent < 0 ? OptionalInt.empty() : OptionalInt.of(agent);
    }

    static Problem unknown() {
        return Problem.of(
                        401,
                        "UNAUTHORIZED",
                        "token: unknown or expired (expected: that of a job, from windrow job"
                                + " agent-token NAME)")
                .with("WWW-Authenticate", "Bearer realm=\"windrow\"");
    }

    /** Why an agent did not get what it asked for. */
    static Problem refusal(Admission admission) {
        return switch (admission) {
            case Admission.Unknown _ -> unknown();
            case Admission.Gone _ ->
                    Problem.of(410, "JOB_GONE", "the job has ended, or is not there any more");
            case Admission.NoMember _ ->
                    Problem.of(
                            403,
                            "NO_MEMBER",
                            "agent: not an instance of the job (expected: the number that joinFleet"
                                    + " gave)");
            case Admission.NoInput _ ->
                    Problem.of(
                            404,
                            "NO_INPUT",
                            "input: not one that is handed out (expected: a name that joinFleet"
                                    + " gave)");
            case Admission.NotNeeded _ ->
                    Problem.of(
                            410,
                            "INSTANCE_GONE",
                            "agent: not an instance that the job's fleet has (expected: one it has"
                                    + " started and not given up; an agent that is told so ends)");
            case Admission.NotYet _,
                    Admission.Connected _,
                    Admission.Joined _,
                    Admission.Archive _,
                    Admission.Shared _,
                    Admission.Shipped _,
                    Admission.Heard _ ->
                    Problem.of(503, "NOT_YET", "the job does not run yet; try again")
                            .with("Retry-After", "1");
        };
    }
}
