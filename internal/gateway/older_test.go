package gateway_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// participant opens a profile of the region as its software does.
func participant(t *testing.T, r *gatewaytest.Region, name string) *client.Client {
	t.Helper()
	p, err := client.LoadProfile(r.Person(name).Profile)
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// signalOf sends a signal and gives its id.
func signalOf(t *testing.T, r *gatewaytest.Region, c *client.Client) (string, error) {
	t.Helper()
	sent, err := c.Send(t.Context(), client.Draft{
		Kind: "signaal", Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1},
		Recipients: []client.To{{Party: r.Party("politie").OIN, Function: "wijkagent"}},
		Body: []byte(`{"betrokkenen": [{"naam": "Noor Voorbeeld", "geboortedatum": "2010-05-31"}], "thema": "pesten", "leefgebied": ["school"],
			"aard": "Dreigt anderen", "zwaarte": "substantieel", "stapeling": false, "omschrijving": "Noor wordt al weken buitengesloten."}`),
		Categories: []vocabulary.Category{"identiteit", "incident", "signaal"}, Phase: ptr(2),
		Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true},
	})
	return sent.ID, err
}

func ptr[T any](v T) *T { return &v }

// An older copy of the database is put back: the gateway does not start on it, the operator admits the loss, and each participant's software
// stands still until a person looked, and tells which messages were in the lost part.
func TestAnOlderCopyIsALoss(t *testing.T) {
	r := gatewaytest.Start(t)
	school := participant(t, r, "school/vc-1")
	kept, err := signalOf(t, r, school)
	if err != nil {
		t.Fatal(err)
	}
	r.Stop()
	database := filepath.Join(r.Config.Dir, sqlite.FolderName)
	older := filepath.Join(t.TempDir(), "kopie")
	if err := os.CopyFS(older, os.DirFS(database)); err != nil {
		t.Fatal(err)
	}
	r.Restart()
	gone, err := signalOf(t, r, school)
	if err != nil {
		t.Fatal(err)
	}
	r.Stop()
	if err := errors.Join(os.RemoveAll(database), os.CopyFS(database, os.DirFS(older))); err != nil {
		t.Fatal(err)
	}

	if _, err := gateway.New(t.Context(), r.Config, testLogger(t)); !errors.Is(err, audit.ErrLost) {
		t.Fatalf("a gateway starts on an older copy: %v", err)
	}
	held, err := os.ReadFile(filepath.Join(r.Person("school/vc-1").Profile, "controlepunt"))
	if err != nil {
		t.Fatal(err)
	}
	admitted, err := gateway.AdmitLoss(t.Context(), r.Config, [][]byte{held})
	if err != nil || len(admitted) != 1 {
		t.Fatalf("%d losses admitted: %v", len(admitted), err)
	}
	r.Restart()

	var no *client.Refusal
	if _, err := signalOf(t, r, school); !errors.As(err, &no) || no.Code != client.LogLost {
		t.Fatalf("a participant goes on in silence: %v", err)
	}
	losses, err := school.Losses(t.Context())
	if err != nil || len(losses) != 1 || !slices.Equal(losses[0].Sent, []string{gone}) {
		t.Fatalf("%+v, %v; want the message that was lost", losses, err)
	}
	if _, err := school.AcceptLosses(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := participant(t, r, "school/vc-1")
	if _, err := again.Message(t.Context(), kept); err != nil {
		t.Errorf("what was kept cannot be looked at: %v", err)
	}
	if _, err := signalOf(t, r, again); err != nil {
		t.Errorf("after accepting: %v", err)
	}
	report, err := trailcheck.Trail{Dir: r.Config.Dir, Names: verifiers(t, r.Gateway.LogVerifierKey()), Held: [][]byte{held}}.Verify(t.Context())
	if err != nil || len(report.Losses) != 1 || len(report.Missing) != 1 || !report.Missing[0].Admitted {
		t.Errorf("%+v, %v", report, err)
	}
}
