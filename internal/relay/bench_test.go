package relay_test

import (
	"testing"
	"time"
)

// BenchmarkAccept is the hot path without HTTP and TLS: envelopes are made beforehand. One at a time, it waits for the disk at
// each; many at a time share a transaction.
func BenchmarkAccept(b *testing.B) {
	for _, c := range []struct {
		name     string
		parallel int
	}{{"1", 0}, {"32", 16}} {
		b.Run(c.name, func(b *testing.B) {
			s := newSetting(b)
			file := s.sealed(b, 4096, "wa-7")
			letters := make(chan *letter, b.N)
			for range b.N {
				letters <- s.letter(b, func(l *letter) { l.payload = file }).sign(b)
			}
			s.set(time.Now())
			b.ReportAllocs()
			b.ResetTimer()
			accept := func() {
				l := <-letters
				if _, err := s.relay.Accept(b.Context(), l.caller, l.upload()); err != nil {
					b.Error(err) // not Fatal: this may be another goroutine
				}
			}
			if c.parallel == 0 {
				for range b.N {
					accept()
				}
				return
			}
			b.SetParallelism(c.parallel)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					accept()
				}
			})
		})
	}
}
