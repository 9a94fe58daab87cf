// Package endurance holds what Sluis promises about a whole gateway, and what can only be seen from outside a running one: that no word
// of a message stays anywhere (canaries), that what was accepted survives a kill at any moment, of a gateway or of its database, that several
// gateways on one database are one gateway to everybody, and that large messages pass without filling the memory. What is kept in SQLite
// and in PostgreSQL is held to the same.
//
// It has no code of its own, only tests and benchmarks. They run the real binary, `sluis serve`, as a process of its own, and speak to
// it as parties do: over mutual TLS on loopback, from profiles that internal/client reads. What they find is compared with the
// database that the gateway leaves, without asking the gateway. They must not reach around the gateway to write anything.
//
// Counts come from the environment, so that `make test` stays short and `make verify` is thorough: SLUIS_KILLS (default 20, and 5
// where that takes longer), SLUIS_LARGE (large messages at once, default 4), SLUIS_SECONDS and SLUIS_CLIENTS (several gateways, default 6
// and 16) and SLUIS_FULL (full disks, default 0). What is random in a test of kills is made from SLUIS_SEED, which is printed, so that a failure
// can be played again.
package endurance
