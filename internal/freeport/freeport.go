// Package freeport gives tests ports of loopback that stay free until they are used. A port that the system chose, and that was closed again so
// that something else could listen on it, is now and then given to somebody else in between: another test, or a call that goes out.
//
// It promises that no port is given twice while the test that took it runs, to whatever process. It must not be used outside tests.
package freeport

import (
	"fmt"
	"math/rand/v2"
	"net"
	"testing"
)

// Ports below those that Linux chooses from by itself (ip(7), ip_local_port_range: from 32768 on), and above those of which the demonstration takes
// one, which does not know of this package.
const first, last = 20_000, 32_000

// Take gives a port of 127.0.0.1 for the length of a test. It is held by listening on the same port of another address of loopback, which
// keeps other processes that take ports this way from it.
func Take(tb testing.TB) (port int) {
	tb.Helper()
	for range 1000 {
		port := first + rand.IntN(last-first)
		held, err := net.Listen("tcp", fmt.Sprintf("127.255.255.254:%d", port))
		if err != nil {
			continue
		}
		tb.Cleanup(func() { held.Close() })
		if free, err := net.Listen("tcp", Address(port)); err == nil {
			free.Close()
			return port
		}
	}
	tb.Fatal("no port of loopback is free")
	return 0
}

// Address is where a port is listened on.
func Address(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
