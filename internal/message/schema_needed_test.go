package message_test

import (
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestNeededIsWhatEveryPayloadHolds(t *testing.T) {
	schemas := message.DefaultSchemas()
	for kind, want := range map[vocabulary.Kind]vocabulary.Category{"signaal": "identiteit", "verzuimmelding": "verzuim", "consultvraag": "signaal"} {
		if got := schemas.Needed(kind); !slices.Contains(got, want) {
			t.Errorf("every %s holds %s, found %v", kind, want, got)
		}
	}
	if got := schemas.Needed("signaal"); slices.Contains(got, "incident") {
		t.Errorf("a signaal can do without incident, found %v", got)
	}
	if got := schemas.Needed("onzin"); got != nil {
		t.Errorf("an unknown kind needs %v", got)
	}
}
