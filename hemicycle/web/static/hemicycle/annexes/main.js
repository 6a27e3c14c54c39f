// Joining several annexes.
