/** Runs once in each sandbox, before any workflow: what the sandbox itself is set to. */

// The SDK takes a stack trace for each promise a workflow makes, half a millisecond a command. The place an error comes
// from is enough.
Error.stackTraceLimit = 1;
