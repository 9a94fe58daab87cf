package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
)

// A party publishes through the command, at a real gateway: its own next card, once and again; and neither an older card nor
// somebody else's.
func TestPartyPublish(t *testing.T) {
	region := gatewaytest.Start(t)
	school, police := region.Party("school"), region.Party("politie")
	dir := t.TempDir()
	write := func(name, compact string) string {
		path := filepath.Join(dir, name)
		check(t, os.WriteFile(path, []byte(compact+"\n"), 0o600))
		return path
	}
	admin, err := jose.GenerateKey()
	check(t, err)
	next := school.Card
	next.Version++
	next.Admins = append([]party.Admin{{ID: "beheer-2", Key: &admin.PublicKey}}, next.Admins...)
	card, err := party.SignCard(next, school.Signer.Key, school.Signer.Chain)
	check(t, err)
	newcomer := school.People[0].Participant
	newcomer.ID, newcomer.Name = "vc-9", "Een nieuwe"
	key, err := jose.GenerateKey()
	check(t, err)
	newcomer.Key = &key.PublicKey
	person, err := party.SignParticipant(newcomer, admin)
	check(t, err)
	ours, people := write("partij.jws", card), write("vc-9.jws", person)
	profile := region.Person("school/vc-1").Profile

	cases := []struct {
		name  string
		files []string
		code  int
		said  string
	}{
		{"a participant by a beheerder whom nobody knows yet", []string{people}, 1, "niet gepubliceerd"},
		{"the party's next card, and then the participant", []string{ours, people}, 0, "bewijs gecontroleerd"},
		{"the same again", []string{ours, people}, 0, "bewijs gecontroleerd"},
		{"an older card", []string{write("oud.jws", school.Cards[0])}, 1, "niet gepubliceerd"},
		{"another party's card", []string{write("ander.jws", police.Cards[0])}, 1, "niet gepubliceerd"},
		{"no card at all", []string{write("geen.jws", "a.b.c")}, 1, "niet gepubliceerd"},
	}
	for _, c := range cases {
		var stdout, stderr bytes.Buffer
		args := append([]string{"party", "publish", "--profiel", profile}, c.files...)
		code := run(args, strings.NewReader(""), &stdout, &stderr)
		if said := stdout.String() + stderr.String(); code != c.code || !strings.Contains(said, c.said) {
			t.Errorf("%s: exit code %d, said %q", c.name, code, said)
		}
		if c.code == 0 && strings.Count(stdout.String(), "\n") != len(c.files) {
			t.Errorf("%s: not one line for each card: %q", c.name, stdout.String())
		}
	}
}
