package client_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestReceipts plays a gateway that does not record what it says, or sends its callers elsewhere.
func TestReceipts(t *testing.T) {
	r := gatewaytest.Start(t)
	t.Run("of a message", func(t *testing.T) { falseReceiptsOfAMessage(t, r) })
	t.Run("of a confirmation", func(t *testing.T) { falseReceiptsOfAConfirmation(t, r) })
	t.Run("redirect", func(t *testing.T) { redirectIsNotFollowed(t, r) })
	t.Run("fork", func(t *testing.T) { forkIsNoticed(t, r) })
}

// falseReceiptsOfAMessage: the message was handed over, and what the gateway gives for it proves nothing. The sender
// is told so, with the id.
func falseReceiptsOfAMessage(t *testing.T, r *gatewaytest.Region) {
	earlier, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	earlierReceipt, err := json.Marshal(earlier.Receipt)
	check(t, err)
	replace := func(pattern, with string) func([]byte) []byte {
		re := regexp.MustCompile(pattern)
		return func(body []byte) []byte {
			if !re.Match(body) {
				t.Errorf("nothing to replace: %s", pattern)
			}
			return re.ReplaceAll(body, []byte(with))
		}
	}
	for name, change := range map[string]func([]byte) []byte{
		"the receipt of an earlier message": func(body []byte) []byte {
			var m map[string]json.RawMessage
			check(t, json.Unmarshal(body, &m))
			m["ontvangst"] = earlierReceipt
			out, err := json.Marshal(m)
			check(t, err)
			return out
		},
		"another id":           replace(`^\{"id":"[^"]*"`, `{"id":"`+message.NewID()+`"`),
		"another nr":           replace(`"nr":\d+`, `"nr":1`),
		"another time":         replace(`"tijd":"20`, `"tijd":"19`),
		"another kind":         replace(`"soort":"aangeboden"`, `"soort":"besluit"`),
		"a key dropped":        replace(`"grondslag":"[^"]*",`, ``),
		"a key added":          replace(`"grondslag":`, `"extra":null,"grondslag":`),
		"another index":        replace(`index \d+`, `index 0`),
		"a hash of the proof":  replace(`(index \d+\\n)[^\\]+`, `${1}`+strings.Repeat("A", 43)+"="),
		"no proof":             replace(`"bewijs":"[^"]*"`, `"bewijs":"c2sp.org/tlog-proof@v1\n"`),
		"no receipt at all":    replace(`"ontvangst":.*`, `"ontvangst":{}}`),
		"a signature of noise": replace(`(— [^ ]+ )[A-Za-z0-9+/]{8}`, `${1}AAAAAAAA`),
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			school := b.client(t, r.Person("school/vc-1"))
			b.says("POST /v1/berichten", change)
			sent, err := school.Send(t.Context(), signal(r, aboutNoor))
			refused(t, err, client.ReceiptFalse)
			if !message.ValidID(sent.ID) {
				t.Error("the sender is not told which message it was")
			}
		})
	}
}

// falseReceiptsOfAConfirmation: a confirmation that was not recorded must not look as if it was.
func falseReceiptsOfAConfirmation(t *testing.T, r *gatewaytest.Region) {
	sent, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	receipt, err := json.Marshal(sent.Receipt)
	check(t, err)
	b := &between{}
	police := b.client(t, r.Person("politie/wa-7"))
	got, err := police.Receive(t.Context(), sent.ID)
	check(t, err)
	b.says("POST /v1/berichten/"+sent.ID+"/bevestigingen", instead(t, map[string]any{"status": "ontvangen", "ontvangst": json.RawMessage(receipt)}))
	_, err = police.ConfirmReceived(t.Context(), got)
	refused(t, err, client.ReceiptFalse)
}

// forkIsNoticed: a gateway that came back from an old copy of its store, and wrote on, is refused by whoever saw
// more of its log.
func forkIsNoticed(t *testing.T, r *gatewaytest.Region) {
	b := &between{}
	school := b.client(t, r.Person("school/vc-1"))
	_, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	b.says("GET /log/tile/*", func(body []byte) []byte { // the tiles of some other tree
		return bytes.Repeat([]byte{7}, len(body))
	})
	_, err = school.Send(t.Context(), signal(r, aboutNoor))
	refused(t, err, client.LogForked)
}

// redirectIsNotFollowed: a redirect could carry a token or a payload to somebody else.
func redirectIsNotFollowed(t *testing.T, r *gatewaytest.Region) {
	p, err := client.LoadProfile(r.Person("school/vc-1").Profile)
	check(t, err)
	var asked []string
	c, err := client.New(p, client.WithTransport(func(base http.RoundTripper) http.RoundTripper {
		return redirecting{base, &asked}
	}))
	check(t, err)
	defer c.Close()
	_, err = c.Send(t.Context(), signal(r, aboutNoor))
	refused(t, err, client.Redirected)
	for _, url := range asked {
		if url != r.URL {
			t.Errorf("%s was asked", url)
		}
	}
}

// redirecting sends every post elsewhere.
type redirecting struct {
	base  http.RoundTripper
	asked *[]string
}

func (x redirecting) RoundTrip(r *http.Request) (*http.Response, error) {
	*x.asked = append(*x.asked, r.URL.Scheme+"://"+r.URL.Host)
	if r.Method == http.MethodPost {
		return &http.Response{StatusCode: http.StatusTemporaryRedirect, Header: http.Header{"Location": {"https://elders.example/v1/berichten"}}, Body: http.NoBody, Request: r}, nil
	}
	return x.base.RoundTrip(r)
}

func unbase64(t *testing.T, text string) []byte {
	t.Helper()
	data, err := base64.RawURLEncoding.DecodeString(text)
	check(t, err)
	return data
}
