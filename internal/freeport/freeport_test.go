package freeport

import (
	"net"
	"testing"
)

func TestNoPortIsGivenTwice(t *testing.T) {
	taken := map[int]bool{}
	for range 500 {
		port := Take(t)
		if taken[port] || port < first || port >= last {
			t.Fatalf("port %d", port)
		}
		taken[port] = true
		if port%10 == 0 { // and each can be listened on
			l, err := net.Listen("tcp", Address(port))
			if err != nil {
				t.Fatal(err)
			}
			l.Close()
		}
	}
}

func TestAPortIsGivenBack(t *testing.T) {
	var port int
	t.Run("takes it", func(t *testing.T) { port = Take(t) })
	l, err := net.Listen("tcp", "127.255.255.254"+Address(port)[len("127.0.0.1"):])
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}
