package dev.windrow.api.agent;

import dev.windrow.api.http.Problem;
import dev.windrow.api.http.Request;
import dev.windrow.runtime.host.AgentEntrance.Admission;

/** What all requests of agents have in common. */
final class AgentRequests {

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
        int agent = request.whole("agent", 0, AGENTS_MAX, -1);
        if (agent < 0) {
            throw Problem.invalid("agent", "", "number of the instance");
        }
        return agent;
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
            case Admission.NotYet _,
                    Admission.Connected _,
                    Admission.Joined _,
                    Admission.Code _,
                    Admission.Shipped _ ->
                    Problem.of(503, "NOT_YET", "the job does not run yet; try again")
                            .with("Retry-After", "1");
        };
    }
}
