package policy_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// An engine of the kept bundle decides on the kept facts as the engine of that day did on the facts themselves.
func TestTheKeptRulesDecideTheSame(t *testing.T) {
	e := engine(t)
	kept, err := policy.ParseBundle(e.Bundle().Canonical())
	if err != nil {
		t.Fatal(err)
	}
	again, err := policy.NewFromBundle(context.Background(), kept)
	if err != nil {
		t.Fatal(err)
	}
	prepareAll(t, again)
	if again.Digest() != e.Digest() || kept.Digest() != e.Digest() {
		t.Fatalf("digests %s, %s, %s", e.Digest(), kept.Digest(), again.Digest())
	}
	all := examples(t)
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t, rapid.SampledFrom(all).Draw(t, "convenant"))
		want, err := e.Decide(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		facts, err := strictjson.MarshalCanonical(f)
		if err != nil {
			t.Fatal(err)
		}
		got, err := again.Again(context.Background(), facts)
		if err != nil {
			t.Fatal(err)
		}
		codes := []string{}
		for _, r := range want.Reasons {
			codes = append(codes, string(r.Code))
		}
		slices.Sort(codes)
		if got.Allow != want.Allow || got.Flow != want.Flow || got.Policy != want.Policy || !slices.Equal(got.Reasons, codes) {
			t.Fatalf("again %+v, and it was %+v", got, want)
		}
	})
}

// The digest covers each letter of rules and vocabulary, and nothing but the one form is a bundle.
func TestParseBundleRefuses(t *testing.T) {
	own := engine(t).Bundle().Canonical()
	for name, text := range map[string][]byte{
		"nothing":       nil,
		"no rules":      []byte(`{"regels":{},"vocabulaire":{}}`),
		"a key more":    append([]byte(`{"a":1,`), own[1:]...),
		"a space":       append([]byte(" "), own...),
		"something on":  append(bytes.Clone(own), '\n'),
		"a list":        []byte(`{"regels":[],"vocabulaire":{}}`),
		"a key missing": []byte(`{"regels":{"a.rego":"package a"}}`),
	} {
		if _, err := policy.ParseBundle(text); !errors.Is(err, policy.ErrBundle) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, i := range []int{len(own) / 4, len(own) - 10} {
		changed := bytes.Clone(own)
		changed[i] ^= 1
		if b, err := policy.ParseBundle(changed); err == nil && b.Digest() == engine(t).Digest() {
			t.Errorf("byte %d does not count", i)
		}
	}
}

func FuzzParseBundle(f *testing.F) {
	f.Add([]byte(`{"regels":{"a.rego":"package a"},"vocabulaire":{}}`))
	f.Add([]byte(`{"regels":{"a.rego":"package a","a.rego":""},"vocabulaire":{}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := policy.ParseBundle(text)
		if err == nil && !bytes.Equal(b.Canonical(), text) {
			t.Error("what was read is not what is kept")
		}
	})
}

func TestAgainRefusesWhatAreNoFacts(t *testing.T) {
	e := engine(t)
	whole, err := json.Marshal(signal(t, example(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, facts := range []string{"", "null", "{}", "[]", `{"vastgesteld":{}}`, `{"vastgesteld":{"convenant":{"digest":1}}}`, string(whole[:len(whole)/2]), string(whole) + "x"} {
		if v, err := e.Again(context.Background(), []byte(facts)); err == nil || v.Allow {
			t.Errorf("%.30s: %+v, %v", facts, v, err)
		}
	}
	ended, stop := context.WithCancel(context.Background())
	stop()
	if _, err := e.Again(ended, whole); !errors.Is(err, context.Canceled) {
		t.Errorf("an ended context: %v", err)
	}
}
