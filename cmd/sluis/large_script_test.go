package main

import (
	"math/rand/v2"
	"os"
	"strconv"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"
)

// large writes a file of so many MiB that begins as a PDF does and cannot be compressed: large FILE MIB.
func large(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: large FILE MIB")
	}
	mib, err := strconv.Atoi(args[1])
	ts.Check(err)
	content := make([]byte, mib<<20)
	rand.NewChaCha8([32]byte{7}).Read(content)
	copy(content, "%PDF-1.7\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}

// peak fails when any command so far took more memory than so many MiB at its peak: peak MIB. This very process counts too, as a
// command begins as a copy of it.
func peak(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: peak MIB")
	}
	limit, err := strconv.ParseInt(args[0], 10, 64)
	ts.Check(err)
	var used syscall.Rusage
	ts.Check(syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used))
	mib := used.Maxrss >> 10 // KiB on Linux
	ts.Logf("at most %d MiB were in use", mib)
	if mib > limit {
		ts.Fatalf("a command took %d MiB at its peak, more than %d", mib, limit)
	}
}
