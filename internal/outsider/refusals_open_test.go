package outsider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// refusesToOpen: nothing is kept and nothing confirmed of a message that is not what its sender signed. id is a message that waits.
func refusesToOpen(t *testing.T, r *gatewaytest.Region, b *between, example program, id string) {
	profile := r.Person("politie/wa-7").Profile
	for name, c := range map[string]struct {
		call   string
		change func([]byte) []byte
		says   string
	}{
		"another signature": {"GET /v1/berichten/" + id, replace(t, `("envelop":"[^"]*\.)[\w-]{8}`, `${1}AAAAAAAA`), "handtekening"},
		"another payload":   {"GET /v1/berichten/" + id + "/lading", func(file []byte) []byte { return append(file[:len(file)-1:len(file)-1], 0) }, "andere lading"},
	} {
		t.Run("open "+name, func(t *testing.T) {
			folder := t.TempDir()
			posted := b.says(c.call, c.change, func() {
				_, stderr, ok := run(t, example.open(t, profile, folder, id))
				if ok || !strings.Contains(stderr, c.says) {
					t.Errorf("want a refusal that says %q, got %q", c.says, stderr)
				}
			})
			if _, err := os.Stat(filepath.Join(folder, id+".json")); err == nil {
				t.Error("the body was kept")
			}
			for _, path := range posted {
				if strings.Contains(path, id) {
					t.Errorf("something was confirmed: %s", path)
				}
			}
		})
	}
	t.Run("open a payload of another message", func(t *testing.T) {
		wrapped := rewrapped(t, r)
		folder := t.TempDir()
		stdout, stderr, ok := run(t, example.open(t, profile, folder, wrapped))
		if ok || !strings.Contains(stderr, "hoort bij een ander bericht") || strings.Contains(stdout, wrapped) {
			t.Errorf("a re-wrapped payload was opened: %s", stderr)
		}
		if got := seen(t, r, "mbo/vc-2", wrapped); got.Status != message.Offered {
			t.Errorf("the re-wrapped message is %s", got.Status)
		}
		if _, err := os.Stat(filepath.Join(folder, wrapped+".json")); err == nil {
			t.Error("the body was kept")
		}
	})
}

// rewrapped has one school put a payload, made for another message, under an envelope of its own. The gateway cannot see that.
func rewrapped(t *testing.T, r *gatewaytest.Region) (id string) {
	t.Helper()
	first, second := r.Signal("school/vc-1", "politie/wa-7"), r.Signal("mbo/vc-2", "politie/wa-7")
	kop, err := message.Kop(first)
	check(t, err)
	plain, err := message.BuildPayload(kop, orderBody(t, examples+"/opdracht.json"))
	check(t, err)
	envelope, file := r.SealText(second, plain)
	posts(t, r, "mbo/vc-2", envelope, file)
	return second.ID
}
