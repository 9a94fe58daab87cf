package client_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// withChecks lets Veilig Thuis ask the schools whether a youngster is known, and after a hit what they know.
func withChecks(text []byte) []byte {
	flow := func(kind, from, to, conditions string) string {
		return "  - id: " + kind + "-na-check\n    artikel: \"1\"\n    soort: " + kind + "\n    van: " + from + "\n    naar: " + to +
			"\n    doelen: [hulp-en-zorg]\n    grondslagen: [avg-6-1-e]\n    gegevens: [identiteit, signaal]\n    voorwaarden: [" + conditions + "]\n"
	}
	school, vt := "{rol: school, functies: [veiligheidscoordinator]}", "{rol: veilig-thuis, functies: [medewerker-veilig-thuis]}"
	return bytes.Replace(text, []byte("bewaartermijnAudit:"), []byte(flow("check-op-bekendheid", vt, school, "")+
		flow("check-op-bekendheid-uitslag", school, vt, "")+flow("informatieverzoek", vt, school, "na-hit")+"bewaartermijnAudit:"), 1)
}

// TestContentOnlyAfterAHit: the gateway sees that a check was answered, both clients see what the answer was.
func TestContentOnlyAfterAHit(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Agreeing(withChecks))
	ctx := t.Context()
	way := &between{}
	vt, school := way.client(t, r.Person("veilig-thuis/mw-1")), (&between{}).client(t, r.Person("school/vc-1"))
	matter := ""
	draft := func(kind vocabulary.Kind, to string, function vocabulary.Function, rest string) client.Draft {
		return client.Draft{
			Kind: kind, Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1}, Case: matter,
			Recipients: []client.To{{Party: r.Party(to).OIN, Function: function}}, Categories: []vocabulary.Category{"identiteit", "signaal"},
			Body: []byte(`{"betrokkenen":[{"naam":"Noor Voorbeeld","geboortedatum":"2010-05-31"}]` + rest + `}`),
		}
	}
	// answered checks and answers, and gives the id of the answer.
	answered := func(outcome string) string {
		t.Helper()
		asked, err := vt.Send(ctx, draft("check-op-bekendheid", "school", "veiligheidscoordinator", ""))
		check(t, err)
		matter = asked.Case
		answer := draft("check-op-bekendheid-uitslag", "veilig-thuis", "medewerker-veilig-thuis", `,"uitslagen":[{"uitslag":"`+outcome+`"}]`)
		answer.InReplyTo = &asked.ID
		sent, err := school.Send(ctx, answer)
		check(t, err)
		return sent.ID
	}
	request := func() (client.Sent, error) {
		return vt.Send(ctx, draft("informatieverzoek", "school", "veiligheidscoordinator", `,"vragen":["Hoe gaat het?"],"redenVanDeVraag":"Er zijn zorgen."`))
	}
	seen := func(id string) client.Hit {
		t.Helper()
		got, err := school.Receive(ctx, id)
		check(t, err)
		return got.Hit
	}

	no := answered("niet-bekend")
	sent, err := request() // the answer lies unopened: this client does not know, and says so
	check(t, err)
	if !slices.Contains(sent.WithoutHit, r.Party("school").OIN) {
		t.Error("the sender is not told that nothing was checked")
	}
	if hit := seen(sent.ID); hit != client.HitNone {
		t.Errorf("who answered that they know nobody is told %q", hit)
	}
	_, err = vt.Receive(ctx, no)
	check(t, err)
	way.posted = nil
	_, err = request()
	var faults fault.List
	if !errors.As(err, &faults) || faults[0].Place != "ontvangers[0]" || !strings.Contains(faults[0].Message, "geen hit") {
		t.Errorf("after an uitslag without a hit: %v", err)
	}
	way.nothingPosted(t)

	yes := answered("bekend")
	if sent, err = request(); err != nil || len(sent.WithoutHit) != 1 {
		t.Errorf("a later uitslag lies unopened: %v, %v", sent.WithoutHit, err)
	}
	_, err = vt.Receive(ctx, yes)
	check(t, err)
	sent, err = request()
	check(t, err)
	if len(sent.WithoutHit) > 0 || seen(sent.ID) != client.HitFound {
		t.Errorf("after a hit the client doubts: %v", sent.WithoutHit)
	}
	// What is kept of it says nothing about anybody.
	kept, err := os.ReadFile(filepath.Join(r.Person("veilig-thuis/mw-1").Profile, "uitslagen", yes))
	check(t, err)
	if string(kept) != "bekend "+string(r.Party("school").OIN)+"\n" {
		t.Errorf("kept: %q", kept)
	}
}

// TestMoreQuestionsThanDeclared: the number of questions is what the sender says; software that says too little is found out.
func TestMoreQuestionsThanDeclared(t *testing.T) {
	flow := `  - id: vraag-school-politie
    artikel: "1"
    soort: informatieverzoek
    van: {rol: school, functies: [veiligheidscoordinator]}
    naar: {rol: politie, functies: [wijkagent]}
    doelen: [veilige-school]
    grondslagen: [avg-6-1-e]
    gegevens: [identiteit, signaal]
    voorwaarden: [{gericht: 1}]
`
	r := gatewaytest.Start(t, gatewaytest.Agreeing(func(text []byte) []byte {
		return bytes.Replace(text, []byte("bewaartermijnAudit:"), []byte(flow+"bewaartermijnAudit:"), 1)
	}))
	body := []byte(`{"betrokkenen":[{"naam":"Noor Voorbeeld","geboortedatum":"2010-05-31"}],"vragen":["Wie?","Wat?"],"redenVanDeVraag":"Er zijn zorgen."}`)
	for asked, conform := range map[int]bool{1: false, 2: true} {
		e := r.Signal("school/vc-1", "politie/wa-7")
		e.Kind, e.Categories, e.Phase, e.Questions = "informatieverzoek", []vocabulary.Category{"identiteit", "signaal"}, nil, &asked
		envelope, payload := sealBody(t, r, e, body)
		if !conform {
			accepted(t, r.Person("school/vc-1").Send(envelope, payload))
		} else if resp := r.Person("school/vc-1").Send(envelope, payload); resp.StatusCode != 403 {
			t.Errorf("two questions where one may be: %s", resp.Status)
		} else {
			check(t, resp.Body.Close())
			continue
		}
		got, err := (&between{}).client(t, r.Person("politie/wa-7")).Receive(t.Context(), e.ID)
		check(t, err)
		if !got.MoreQuestions || got.Conform() {
			t.Error("two questions under an envelope that says one are not noticed")
		}
	}
}
