package dev.windrow.cli;

import dev.windrow.cli.view.Complaint;
import dev.windrow.client.ComputeException;
import dev.windrow.client.ConflictException;
import dev.windrow.client.InterruptedCallException;
import dev.windrow.client.JobFailedException;
import dev.windrow.client.NoServerException;
import dev.windrow.client.NotFoundException;
import dev.windrow.client.ServerException;
import dev.windrow.client.UnauthorizedException;
import dev.windrow.client.ValidationException;
import dev.windrow.client.WindrowException;
import dev.windrow.engine.error.ErrorCode;
import java.util.Arrays;
import java.util.List;

/** What a server has refused, as complaints and an exit code. */
final class ServerFaults {

    private ServerFaults() {}

    static List<Complaint> complaints(WindrowException fault) {
        if (fault instanceof ValidationException invalid && !invalid.mistakes().isEmpty()) {
            return invalid.mistakes().stream().map(JobValidateVerb::complaint).toList();
        }
        if (fault instanceof ComputeException compute && !compute.mistakes().isEmpty()) {
            return compute.mistakes().stream().map(JobValidateVerb::complaint).toList();
        }
        return List.of(Complaint.of(fault.code(), String.valueOf(fault.getMessage())));
    }

    static int exit(WindrowException fault) {
        return switch (fault) {
            case ValidationException _, ConflictException _ -> ExitCode.INVALID;
            case NotFoundException _ -> ExitCode.NOT_FOUND;
            case JobFailedException _ -> ExitCode.FAILED;
            case ComputeException compute ->
                    switch (compute.kind()) {
                        case NOT_FOUND -> ExitCode.NOT_FOUND;
                        case INVALID, CONFLICT, NOT_SUPPORTED -> ExitCode.INVALID;
                        case FAILED, TIMED_OUT -> ExitCode.OTHER;
                    };
            case InterruptedCallException _ -> ExitCode.INTERRUPTED;
            case NoServerException _, UnauthorizedException _ -> ExitCode.OTHER;
            case ServerException known ->
                    Arrays.stream(ErrorCode.values())
                            .filter(code -> code.name().equals(known.code()))
                            .findFirst()
                            .map(ExitCode::of)
                            .orElse(ExitCode.OTHER);
        };
    }
}
