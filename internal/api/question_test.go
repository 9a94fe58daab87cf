package api

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// FuzzQuestion: whatever is asked, the answer is a question with known words, or faults.
func FuzzQuestion(f *testing.F) {
	f.Add([]byte(`{"subject":{"type":"deelnemer","id":"00000099000000030000/vc-1"},"action":{"name":"signaal"},
"resource":{"type":"ontvanger","id":"00000099000000020000/wijkagent"},"context":{"convenant":{"id":"a","versie":1},
"doel":"veilige-school","grondslag":"avg-6-1-e","gegevens":["signaal"],"fase":2,"verklaringen":{"proportioneel":true}}}`))
	f.Add([]byte(`{"subject":[],"action":null,"resource":"x","context":{"convenant":3}}`))
	f.Add([]byte(`{}`))
	words := vocabulary.Default()
	f.Fuzz(func(t *testing.T, body []byte) {
		q, err := readQuestion(body, words)
		var r *refusal
		if err != nil {
			if !errors.As(err, &r) || r.code != badRequest || len(r.faults) == 0 {
				t.Fatalf("an error without faults: %v", err)
			}
			return
		}
		if _, ok := words.Kind(q.Stated.Kind); !ok || !words.HasPurpose(q.Stated.Purpose) || !words.HasBasis(q.Stated.Basis) || q.Recipient == "" {
			t.Fatal("a question with unknown words")
		}
	})
}

// FuzzForm: headers of strangers never panic, and what is chosen was offered.
func FuzzForm(f *testing.F) {
	f.Add("application/json;q=0.5, */*", "map=in&wacht=3", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	f.Add(";;,", "%zz", "")
	f.Fuzz(func(t *testing.T, accept, query, parent string) {
		if got, err := negotiate([]string{accept}, []string{typeJSON, typeYAML}); err == nil && got != typeJSON && got != typeYAML {
			t.Fatalf("chose %q", got)
		}
		if values, err := readQuery(query, []string{"map"}); err == nil && len(values) > 1 {
			t.Fatal("an unknown key came through")
		}
		if traceID, spanID := trace([]string{parent}); len(traceID) != 32 || len(spanID) != 16 {
			t.Fatal("ids of another length")
		}
	})
}

// FuzzSearch and batches: whatever is asked, the answer is a question, or faults.
func FuzzSearch(f *testing.F) {
	f.Add([]byte(`{"subject":{"type":"deelnemer","id":"00000099000000030000/vc-1"},"action":{"name":"signaal"},"resource":{"type":"ontvanger"},
"context":{"fase":2,"verklaringen":{"proportioneel":true}},"page":{"limit":1,"token":"eyJzIjoieCIsImEiOiJiIiwibCI6MX0"},
"evaluations":[{},{"resource":{"type":"ontvanger","id":"x"}}],"options":{"evaluations_semantic":"deny_on_first_deny"}}`))
	f.Add([]byte(`{"evaluations":[1],"options":3,"page":""}`))
	words := vocabulary.Default()
	f.Fuzz(func(t *testing.T, body []byte) {
		faulty := func(err error) bool {
			var r *refusal
			if err != nil && (!errors.As(err, &r) || r.code != badRequest || len(r.faults) == 0) {
				t.Fatalf("an error without faults: %v", err)
			}
			return err != nil
		}
		for want := range wantedWords {
			if h, err := readSearch(body, want, words); !faulty(err) && (h.search.Limit < 1 || h.search.Limit > maxPage) {
				t.Fatalf("pages of %d", h.search.Limit)
			}
		}
		b, err := readBatch(body, words)
		if faulty(err) {
			return
		}
		if len(b.items) == 0 || len(b.items) > maxEvaluations || b.single && len(b.items[0].faults) > 0 {
			t.Fatalf("a batch of %d", len(b.items))
		}
	})
}
