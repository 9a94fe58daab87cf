package message_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestConfirmationIsReadAsSigned(t *testing.T) {
	key := messagetest.Key(t)
	envelope := messagetest.Signed(t, messagetest.Envelope(t), messagetest.Key(t))
	for _, change := range []func(*message.Confirmation){
		func(*message.Confirmation) {},
		func(c *message.Confirmation) { c.Kind = message.TakenOver },
		func(c *message.Confirmation) { c.Conform, c.NotDeclared = false, []vocabulary.Category{"gezondheid"} },
		func(c *message.Confirmation) { c.Subjects = []string{strings.Repeat("A", 43)} },
		func(c *message.Confirmation) {
			c.Kind, c.Advice = message.HandedBack, &message.Advice{Party: "00000099000000050000", Function: "medewerker-veilig-thuis"}
		},
	} {
		c := messagetest.Confirmation(envelope)
		c.NotDeclared, c.Subjects = []vocabulary.Category{}, []string{}
		change(&c)
		signed, err := message.SignConfirmation(c, key)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := message.ParseConfirmation(signed.Compact())
		if err != nil {
			t.Fatal(err)
		}
		verified, err := parsed.Verify(&key.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c, verified.Confirmation()); diff != "" {
			t.Errorf("the confirmation changed on its way:\n%s", diff)
		}
		if verified.Kid() != jose.Thumbprint(&key.PublicKey) || parsed.Kid() != verified.Kid() || parsed.Message() != c.Message {
			t.Error("kid or message is another one")
		}
		if _, err := parsed.Verify(&messagetest.Key(t).PublicKey); !errors.Is(err, jose.ErrSignature) {
			t.Errorf("another key: got %v, want ErrSignature", err)
		}
	}
}

func TestConfirmationFaults(t *testing.T) {
	key := messagetest.Key(t)
	right := messagetest.Confirmation(messagetest.Signed(t, messagetest.Envelope(t), key))
	right.NotDeclared, right.Subjects = []vocabulary.Category{}, []string{}
	tests := map[string]struct {
		set  map[string]any
		want []string
	}{
		"no id":                        {map[string]any{"bericht": secret}, []string{"bericht"}},
		"no digest":                    {map[string]any{"envelop": secret}, []string{"envelop"}},
		"a status is no confirmation":  {map[string]any{"soort": "verlopen"}, []string{"soort"}},
		"conform is required":          {map[string]any{"conform": nil}, []string{"conform"}},
		"conform, but not declared":    {map[string]any{"nietAangegeven": []any{"verzuim"}}, []string{"conform"}},
		"unknown category":             {map[string]any{"conform": false, "nietAangegeven": []any{secret}}, []string{"nietAangegeven[0]"}},
		"a name instead of a tag":      {map[string]any{"betrokkenen": []any{secret}}, []string{"betrokkenen[0]"}},
		"advice without handing back":  {map[string]any{"advies": map[string]any{"partij": "00000099000000050000", "functie": "medewerker"}}, []string{"advies"}},
		"advice without a party":       {map[string]any{"soort": "teruggegeven", "advies": map[string]any{"functie": "medewerker"}}, []string{"advies.partij"}},
		"unknown key, everything else": {map[string]any{"tijd": "gisteren", "advies": absent, "x": secret}, []string{"advies", "tijd", "x"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := fields(t, right)
			for k, v := range test.set {
				if c[k] = v; v == absent {
					delete(c, k)
				}
			}
			_, err := message.ParseConfirmation(signedAs(t, jose.Confirmation, key, encode(t, c)))
			if diff := cmp.Diff(test.want, places(t, err)); diff != "" {
				t.Errorf("faults at other places (-want +got):\n%s", diff)
			}
			if strings.Contains(err.Error(), secret) {
				t.Error("a fault holds the value that was sent")
			}
		})
	}
}
