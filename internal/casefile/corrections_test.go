package casefile_test

import (
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// A correction puts right what somebody sent, with whoever had it, for the purpose that it was sent for (AVG, articles 5(1)(b), 16 and
// 19): in the examples it can reach exactly that. Wider, and it would carry what no flow carries; narrower, and a fault could not be
// put right. The reason of a correction is a signaal by itself.
func TestCorrectionsFitWhatIsSent(t *testing.T) {
	for id := range exampleFiles(t) {
		agreed := example(t, id)
		for _, correction := range agreed.Flows {
			if correction.Kind != "correctie" {
				continue
			}
			sent := union(agreed, correction)
			fits(t, id, correction.ID, "categorie", correction.Categories, append(sent.Categories, "signaal"), "signaal")
			fits(t, id, correction.ID, "doel", correction.Purposes, sent.Purposes, "")
			fits(t, id, correction.ID, "functie van de afzender", correction.From.Functions, sent.From.Functions, "")
			fits(t, id, correction.ID, "functie van de ontvanger", correction.To.Functions, sent.To.Functions, "")
		}
	}
}

// union gives what all flows about a person between the parties of a correction, and other than corrections, allow together.
func union(agreed *convenant.Convenant, correction convenant.Flow) (sent convenant.Flow) {
	for _, f := range agreed.Flows {
		kind, _ := vocabulary.Default().Kind(f.Kind)
		if f.From.Role != correction.From.Role || f.To.Role != correction.To.Role || !kind.AboutPerson || kind.Corrects {
			continue
		}
		sent.Categories = append(sent.Categories, f.Categories...)
		sent.Purposes = append(sent.Purposes, f.Purposes...)
		sent.From.Functions = append(sent.From.Functions, f.From.Functions...)
		sent.To.Functions = append(sent.To.Functions, f.To.Functions...)
	}
	return sent
}

func fits[T ~string](t *testing.T, id, flow, what string, got, want []T, free T) {
	t.Helper()
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("%s: %s allows %s %s, which goes that way in no flow", id, flow, what, g)
		}
	}
	for _, w := range want {
		if w != free && !slices.Contains(got, w) {
			t.Errorf("%s: %s cannot put right %s %s, which goes that way", id, flow, what, w)
		}
	}
}
