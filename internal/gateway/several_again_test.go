package gateway_test

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestASendThatIsRepeatedAtAnotherGateway while the first one keeps it: the other has looked for the message in vain, then the first accepts
// it, and then a party withdraws. The sender hears from both what the first said, and not "refused" about what was delivered.
func TestASendThatIsRepeatedAtAnotherGateway(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	db.Cluster.Exec(t, "postgres", "ALTER DATABASE "+db.Name+" SET log_min_duration_statement = 0")
	r := gatewaytest.Start(t, gatewaytest.OnDatabase(db))
	other, sender := r.Another(), r.Person("school/vc-1")
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 200<<10)
	body, contentType := gatewaytest.Form(
		gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(envelope)},
		gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})
	// The other gateway gets the whole envelope, and no byte of what comes after it, until all that has happened.
	whole := bytes.Index(body, []byte(envelope)) + len(envelope)
	whole += bytes.Index(body[whole:], []byte("Content-"))
	rest, more := io.Pipe()
	type answer struct {
		status int
		text   string
	}
	answers := make(chan answer, 1)
	go func() {
		resp, err := sender.HTTP().Post(other.URL+"/v1/berichten", contentType, io.MultiReader(bytes.NewReader(body[:whole]), rest))
		if err != nil {
			t.Error(err)
			answers <- answer{}
			return
		}
		answers <- answer{resp.StatusCode, textOf(t, resp)}
	}()
	awaitLookedFor(t, db)
	resp, err := sender.SendTo(r.URL, envelope, payload)
	if err != nil {
		t.Fatal(err)
	}
	first := answer{resp.StatusCode, textOf(t, resp)}
	r.Say("school", r.Convenant, convenant.Withdrawn)
	go func() {
		more.Write(body[whole:]) // an answer that came first is judged below
		more.Close()
	}()
	second := <-answers
	rest.Close()
	if first.status != http.StatusCreated || second != first {
		t.Errorf("the first answer is\n%d %s\nand the second\n%d %s", first.status, first.text, second.status, second.text)
	}
}

// awaitLookedFor waits until a gateway has asked its database whether a message is known: the log of the server says what was answered.
func awaitLookedFor(t *testing.T, db *pgtest.Database) {
	t.Helper()
	asked := regexp.MustCompile(`@` + db.Name + ` LOG:  duration: .* execute [^:]*:\s*SELECT EXISTS \(SELECT 1 FROM sluis\.message`)
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		log, err := os.ReadFile(db.Cluster.LogFile())
		if err != nil {
			t.Fatal(err)
		}
		if asked.Match(log) {
			return
		}
	}
	t.Fatal("no gateway looked for the message")
}
