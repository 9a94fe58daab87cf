package tlog

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestCheckpointSaysSizeAndRoot(t *testing.T) {
	l := newTestLog(t, 5)
	size, root, err := VerifyCheckpoint(l.checkpoint, testOrigin, l.verifier)
	if err != nil || size != 5 || root == (Hash{}) {
		t.Errorf("size %d, root %s, %v", size, root, err)
	}
	if claimed, err := ClaimedSize(l.checkpoint); err != nil || claimed != 5 {
		t.Errorf("claims size %d, %v", claimed, err)
	}
	fromSecret, err := VerifierOf(l.secret)
	if err != nil || fromSecret.KeyHash() != l.verifier.KeyHash() {
		t.Errorf("the verifier from the secret key is another one: %v", err)
	}
}

func TestFalseCheckpointsAreRefused(t *testing.T) {
	l, other := newTestLog(t, 5), newTestLog(t, 5)
	for name, signed := range map[string][]byte{
		"another size": bytes.Replace(l.checkpoint, []byte("\n5\n"), []byte("\n6\n"), 1),
		"another key":  other.checkpoint,
		"no signature": l.checkpoint[:bytes.Index(l.checkpoint, []byte("\n\n"))+2],
		"empty":        nil,
		"too long":     append(bytes.Clone(l.checkpoint), bytes.Repeat([]byte("— a b\n"), maxCheckpoint)...),
	} {
		if _, _, err := VerifyCheckpoint(signed, testOrigin, l.verifier); !errors.Is(err, ErrCheckpoint) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := VerifyCheckpoint(l.checkpoint, "elders.example/log", l.verifier); !errors.Is(err, ErrCheckpoint) {
		t.Errorf("another origin: %v", err)
	}
	if _, err := SignCheckpoint("elders.example/log", 1, Hash{}, l.signer); err == nil {
		t.Error("signed for another log")
	}
}

func TestKeysThatAreNone(t *testing.T) {
	for _, text := range []string{"", "PRIVATE+KEY+x+00000000+AA==", "x+00000000+AA==", strings.Repeat("+", 100)} {
		_, err1 := ParseSigner(text)
		_, err2 := ParseVerifier(text)
		_, err3 := VerifierOf(text)
		for _, err := range []error{err1, err2, err3} {
			if err != ErrKey {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
}
