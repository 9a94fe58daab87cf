package api

import "testing"

func TestStreamsAreBounded(t *testing.T) {
	var s streams
	var leave []func()
	for range maxStreams {
		l, ok := s.enter("a/1")
		if !ok {
			t.Fatal("no place while there should be")
		}
		leave = append(leave, l)
	}
	if _, ok := s.enter("a/1"); ok {
		t.Error("a place too many")
	}
	if _, ok := s.enter("a/2"); !ok {
		t.Error("somebody else has no place")
	}
	leave[0]()
	if _, ok := s.enter("a/1"); !ok {
		t.Error("the place that was left cannot be taken")
	}
	for _, l := range leave[1:] {
		l()
	}
	if len(s.open) != 2 || s.open["a/1"] != 1 {
		t.Errorf("open: %v", s.open)
	}
}
