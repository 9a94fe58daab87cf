package client_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestNewestVersion: who names only the convenant gets the version that is in force; after a withdrawal none, and not the old one.
func TestNewestVersion(t *testing.T) {
	r := gatewaytest.Start(t)
	b := &between{}
	c := b.client(t, r.Person("school/vc-1"))
	to := []client.To{{Party: r.Party("politie").OIN, Function: "wijkagent"}}
	ref := message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1}
	want := func(version int) {
		t.Helper()
		got, err := c.Newest(t.Context(), gatewaytest.ConvenantID, to)
		check(t, err)
		if got.Version != version {
			t.Errorf("newest is %d, want %d", got.Version, version)
		}
	}
	want(1)
	text, served, err := c.ConvenantText(t.Context(), ref)
	check(t, err)
	if served.Digest() != r.Convenant.Digest() {
		t.Error("another convenant")
	}
	second := r.Agree(strings.Replace(string(text), "versie: 1\n", "versie: 2\n", 1))
	want(2)
	versions, err := c.Versions(t.Context())
	check(t, err)
	if len(versions) != 2 || versions[0].Status != convenant.StatusReplaced || versions[0].ReplacedBy != 2 || versions[1].Status != convenant.StatusInForce ||
		len(versions[1].Words) != 10 || versions[1].Words[0].Verdict != convenant.Agreed {
		t.Errorf("%+v", versions)
	}
	r.Say("politie", second, convenant.Withdrawn)
	_, err = c.Newest(t.Context(), gatewaytest.ConvenantID, to)
	refused(t, err, client.ConvenantInvalid)
	_, err = c.Newest(t.Context(), "een-ander", to)
	refused(t, err, client.ConvenantInvalid)
}

// TestTextThatSaysSomethingElse: what somebody reads is what is signed.
func TestTextThatSaysSomethingElse(t *testing.T) {
	r := gatewaytest.Start(t)
	b := &between{}
	c := b.client(t, r.Person("school/vc-1"))
	ref := message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1}
	b.says("GET /v1/convenanten/"+gatewaytest.ConvenantID+"/versies/1", func(body []byte) []byte {
		return bytes.Replace(body, []byte("fase-minimaal: 2"), []byte("fase-minimaal: 1"), 1) // only the YAML has it so
	})
	_, _, err := c.ConvenantText(t.Context(), ref)
	refused(t, err, client.ConvenantInvalid)

	for name, change := range map[string][2]string{
		"an id": {`"id":"denbosch`, `"id":"Den Bosch`}, "an OIN": {`"regie":"0000`, `"regie":"x`}, "a status": {`"status":"van-kracht"`, `"status":"van kracht\u001b[2J"`},
	} {
		b.says("GET /v1/convenanten", func(body []byte) []byte { return bytes.Replace(body, []byte(change[0]), []byte(change[1]), 1) })
		if _, err := c.Versions(t.Context()); err == nil {
			t.Errorf("%s that is none was read", name)
		}
	}
}
