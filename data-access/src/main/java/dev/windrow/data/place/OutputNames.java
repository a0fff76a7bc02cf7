package dev.windrow.data.place;

/**
 * What the expressions {@code ${{name}}} and {@code ${{output_name}}} stand for.
 *
 * @param job name of the step's job
 * @param output name of the output in the job
 */
public record OutputNames(String job, String output) {}
