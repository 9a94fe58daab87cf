package message_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
)

// secret stands for a value that must never come back in a fault.
const secret = "Noor de Wit 999990019"

func TestEnvelopeFaults(t *testing.T) {
	key := messagetest.Key(t)
	person := map[string]any{"id": "wa-7", "kaart": 4}
	to := func(party, function string, people ...any) map[string]any {
		return map[string]any{"partij": party, "functie": function, "deelnemers": people}
	}
	police, school := string(messagetest.Police), string(messagetest.School)
	many := func(n int, one any) (list []any) {
		for range n {
			list = append(list, one)
		}
		return list
	}
	tests := map[string]struct {
		set  map[string]any // dotted top-level key → value; absent removes
		want []string
	}{
		"id of another version":          {map[string]any{"id": "c0a3a1de-9a0b-4c3d-9a4e-2f6b8c1d0e5f"}, []string{"id"}},
		"id in capitals":                 {map[string]any{"id": strings.ToUpper(message.NewID())}, []string{"id"}},
		"unknown kind":                   {map[string]any{"soort": secret}, []string{"soort"}},
		"time with a space":              {map[string]any{"tijd": "2026-11-21 10:00:00Z"}, []string{"tijd"}},
		"case missing":                   {map[string]any{"zaak": absent}, []string{"zaak"}},
		"antwoordOp missing":             {map[string]any{"antwoordOp": absent}, []string{"antwoordOp"}},
		"antwoordOp no id":               {map[string]any{"antwoordOp": secret}, []string{"antwoordOp"}},
		"convenant id in capitals":       {map[string]any{"convenant": map[string]any{"id": "Den Bosch", "versie": 0}}, []string{"convenant.id", "convenant.versie"}},
		"unknown purpose and basis":      {map[string]any{"doel": secret, "grondslag": secret}, []string{"doel", "grondslag"}},
		"sender no object":               {map[string]any{"afzender": secret}, []string{"afzender"}},
		"unknown function":               {map[string]any{"ontvangers": []any{to(police, "hacker", person)}}, []string{"ontvangers[0].functie"}},
		"no recipients":                  {map[string]any{"ontvangers": []any{}}, []string{"ontvangers"}},
		"eleven recipients":              {map[string]any{"ontvangers": many(11, to(police, "wijkagent", person))}, []string{"ontvangers"}},
		"nobody there":                   {map[string]any{"ontvangers": []any{to(police, "wijkagent")}}, []string{"ontvangers[0].deelnemers"}},
		"twenty-one people":              {map[string]any{"ontvangers": []any{to(police, "wijkagent", many(21, person)...)}}, []string{"ontvangers[0].deelnemers"}},
		"same person twice":              {map[string]any{"ontvangers": []any{to(police, "wijkagent", person, person)}}, []string{"ontvangers[0].deelnemers[1]"}},
		"same office twice":              {map[string]any{"ontvangers": []any{to(police, "wijkagent", person), to(police, "wijkagent", map[string]any{"id": "b", "kaart": 1})}}, []string{"ontvangers[1]"}},
		"same person in two offices":     {map[string]any{"ontvangers": []any{to(police, "wijkagent", person), to(police, "schoolcontactpersoon", person)}}, []string{"ontvangers[1].deelnemers[0]"}},
		"to the sender's party":          {map[string]any{"ontvangers": []any{to(school, "zorgcoordinator", person)}}, []string{"ontvangers[0].partij"}},
		"card version zero":              {map[string]any{"ontvangers": []any{to(police, "wijkagent", map[string]any{"id": "a", "kaart": 0})}}, []string{"ontvangers[0].deelnemers[0].kaart"}},
		"tag too short":                  {map[string]any{"betrokkenen": []any{"AAAA"}}, []string{"betrokkenen[0]"}},
		"tag not canonical":              {map[string]any{"betrokkenen": []any{strings.Repeat("A", 42) + "B"}}, []string{"betrokkenen[0]"}},
		"tag with a line feed":           {map[string]any{"betrokkenen": []any{strings.Repeat("A", 42) + "\n"}}, []string{"betrokkenen[0]"}},
		"tag twice":                      {map[string]any{"betrokkenen": many(2, strings.Repeat("A", 43))}, []string{"betrokkenen[1]"}},
		"forty-one tags":                 {map[string]any{"betrokkenen": many(41, strings.Repeat("A", 43))}, []string{"betrokkenen"}},
		"no categories":                  {map[string]any{"gegevens": []any{}}, []string{"gegevens"}},
		"category twice and unknown":     {map[string]any{"gegevens": []any{"signaal", "signaal", secret}}, []string{"gegevens[1]", "gegevens[2]"}},
		"phase four":                     {map[string]any{"fase": 4}, []string{"fase"}},
		"phase as text":                  {map[string]any{"fase": "2"}, []string{"fase"}},
		"unknown urgency":                {map[string]any{"urgentie": secret}, []string{"urgentie"}},
		"unknown statement, no boolean":  {map[string]any{"verklaringen": map[string]any{"mijnEigen": true, "proportioneel": 1}}, []string{"verklaringen.mijnEigen", "verklaringen.proportioneel"}},
		"decision number with a space":   {map[string]any{"wpgBesluit": "OVJ 2026"}, []string{"wpgBesluit"}},
		"decision number too long":       {map[string]any{"wpgBesluit": strings.Repeat("a", 65)}, []string{"wpgBesluit"}},
		"no questions, too many":         {map[string]any{"aantalVragen": 51}, []string{"aantalVragen"}},
		"digest of another algorithm":    {map[string]any{"lading": map[string]any{"digest": "sha-512=:AA==:", "lengte": 1}}, []string{"lading.digest"}},
		"payload too long":               {map[string]any{"lading": map[string]any{"digest": anyDigest, "lengte": message.MaxPayload + 1}}, []string{"lading.lengte"}},
		"motivation too long and more":   {map[string]any{"motivering": map[string]any{"digest": anyDigest, "lengte": message.MaxMotivation + 1, "x": 1}}, []string{"motivering.lengte", "motivering.x"}},
		"unknown theme and age group":    {map[string]any{"thema": secret, "leeftijdsgroep": "23-99"}, []string{"leeftijdsgroep", "thema"}},
		"a request that tells its theme": {map[string]any{"soort": "informatieverzoek", "thema": "drugs", "leeftijdsgroep": "12-17"}, []string{"leeftijdsgroep", "thema"}},
		"an enrolment question, too":     {map[string]any{"soort": "inschrijvingsvraag", "thema": "drugs"}, []string{"thema"}},
		"unknown key":                    {map[string]any{"opmerking": secret}, []string{"opmerking"}},
		"everything at once":             {map[string]any{"id": 1, "soort": nil, "tijd": absent, "fase": 0, "x": 1}, []string{"fase", "id", "soort", "tijd", "x"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := fields(t, messagetest.Envelope(t))
			for k, v := range test.set {
				if e[k] = v; v == absent {
					delete(e, k)
				}
			}
			_, err := message.ParseEnvelope(signedAs(t, jose.Envelope, key, encode(t, e)))
			if diff := cmp.Diff(test.want, places(t, err)); diff != "" {
				t.Errorf("faults at other places (-want +got):\n%s\n%v", diff, err)
			}
			if strings.Contains(err.Error(), secret) {
				t.Error("a fault holds the value that was sent")
			}
		})
	}
}

const absent = "\x00absent"

const anyDigest = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"

// TestEveryKeyIsRequired: "every key shown is present, null where it does not apply" (WIRE, "JWS").
func TestEveryKeyIsRequired(t *testing.T) {
	key := messagetest.Key(t)
	for name := range fields(t, messagetest.Envelope(t)) {
		e := fields(t, messagetest.Envelope(t))
		delete(e, name)
		_, err := message.ParseEnvelope(signedAs(t, jose.Envelope, key, encode(t, e)))
		if diff := cmp.Diff([]string{name}, places(t, err)); diff != "" {
			t.Errorf("without %s:\n%s", name, diff)
		}
	}
}

func TestReplyToItselfIsAFault(t *testing.T) {
	e := messagetest.Envelope(t)
	e.InReplyTo = &e.ID
	_, err := message.SignEnvelope(e, messagetest.Key(t))
	if diff := cmp.Diff([]string{"antwoordOp"}, places(t, err)); diff != "" {
		t.Error(diff)
	}
}

func TestDuplicateKeysAreRefused(t *testing.T) {
	payload := encode(t, messagetest.Envelope(t))
	payload = append([]byte(`{"id":"x",`), payload[1:]...)
	_, err := message.ParseEnvelope(signedAs(t, jose.Envelope, messagetest.Key(t), payload))
	if !errors.As(err, new(fault.List)) {
		t.Errorf("got %v, want a fault.List", err)
	}
	if !json.Valid(payload) {
		t.Fatal("the test's payload should be JSON")
	}
}
