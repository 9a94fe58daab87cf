package message_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestAttachmentsOfStrangers: what another program may have written in bijlagen.
func TestAttachmentsOfStrangers(t *testing.T) {
	const rest = `"naam":"a.pdf","type":"application/pdf","gegevens":["incident"]`
	for body, want := range map[string][]string{
		`{"bijlagen":[{` + rest + `,"inhoud":"JVBERi0x\n"}]}`:               {"bijlagen[0].inhoud"}, // a line end, which a lenient decoder passes over
		`{"bijlagen":[{` + rest + `,"inhoud":"JVBERi0"}]}`:                  {"bijlagen[0].inhoud"}, // no padding
		`{"bijlagen":[{` + rest + `,"inhoud":"JVBERi1="}]}`:                 {"bijlagen[0].inhoud"}, // bits that count for nothing
		`{"bijlagen":[{` + rest + `,"inhoud":"\ud83d\ude00"}]}`:             {"bijlagen[0].inhoud"},
		`{"bijlagen":[{` + rest + `,"inhoud":null}]}`:                       {"bijlagen[0].inhoud"},
		`{"bijlagen":[{` + rest + `,"inhoud":""}]}`:                         {"bijlagen[0].inhoud"},
		`{"bijlagen":[{` + rest + `,"inhoud":"JVBERi0x","inhoud":"AA=="}]}`: {"bijlagen[0].inhoud"},
		`{"bijlagen":[{` + rest + `,"inhoud":"JVBERi0x","pad":"/etc/x"}]}`:  {"bijlagen[0].pad"},
		`{"bijlagen":[{}]}`: {"bijlagen[0].gegevens", "bijlagen[0].inhoud", "bijlagen[0].naam", "bijlagen[0].type"},
		`{"bijlagen":[],"bijlagen":[{"inhoud":"AAAA"}]}`: {"bijlagen"},
		`{"bijlagen":[]}`:                    {"bijlagen"},
		`{"bijlagen":null}`:                  {"bijlagen"},
		`{"bijlagen":{"inhoud":"AAAA"}}`:     {"bijlagen"},
		`{"bijlagen":["AAAA"]}`:              {"bijlagen[0]"},
		`{"bijlagen":[{"inhoud":"\ud800"}]}`: {""},
		`{"bijlagen":[{1:2}]}`:               {""},
		`{"bijlagen":[1,}`:                   {""},
		`{"bijlagen":[{"inhoud":"AAAA"`:      {""},
		`["bijlagen"]`:                       {""},
		`{"bijlagen":[{` + rest + `,"inhoud":"JVBERi0x"}]}{"bijlagen":"meer"}`: {""},
	} {
		list, err := message.Attachments([]byte(body))
		if list != nil {
			t.Errorf("%s: attachments were given", body)
		}
		if diff := cmp.Diff(want, places(t, err)); diff != "" {
			t.Errorf("%s:\n%s", body, diff)
		}
	}
	if list, err := message.Attachments([]byte(`{"inhoud":"AAAA","a":{"bijlagen":1}}`)); list != nil || err != nil {
		t.Errorf("a body without attachments: %v, %v", list, err)
	}
}

// TestValidateReadsTheFilesToo: a schema cannot say what a PDF begins with; Validate does.
func TestValidateReadsTheFilesToo(t *testing.T) {
	body := string(examples(t, "signaal")[1])
	if !strings.Contains(body, `"inhoud":"JVBERi`) {
		t.Fatal("the example has no attachment")
	}
	for name, test := range map[string]struct {
		kind vocabulary.Kind
		body string
		want []string
	}{
		"a program as PDF": {"signaal", strings.Replace(body, `"inhoud":"JVBERi`, `"inhoud":"TVqQAA`, 1), []string{"bijlagen[0].inhoud"}},
		"with other faults": {"signaal", strings.Replace(strings.Replace(body, `"inhoud":"JVBERi`, `"inhoud":"TVqQAA`, 1), `"thema":"wapens"`, `"thema":"x"`, 1),
			[]string{"bijlagen[0].inhoud", "thema"}},
		"a kind that takes none": {"consultvraag", `{"situatie":"x","vragen":["x"],"bijlagen":[{"inhoud":"AAAA"}]}`, []string{"bijlagen"}},
		"more text than any":     {"signaal", `{"aard":"` + strings.Repeat("x", 5<<20) + `"}`, []string{""}},
	} {
		err := message.DefaultSchemas().Validate(test.kind, []byte(test.body))
		if diff := cmp.Diff(test.want, places(t, err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// FuzzAttachments: no panic and only faults; what was read can be written again and is the same.
func FuzzAttachments(f *testing.F) {
	good, err := message.WithAttachments([]byte(`{"a":1}`), []message.Attachment{letter("a.pdf"), letter("b.pdf")})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"bijlagen":[{"inhoud":"\u0041AA="}]}`))
	f.Add([]byte(`{"bijlagen":[{"inhoud":"AA==","inhoud":"AA=="},[],{}],"bijlagen":[{}]}`))
	f.Add([]byte(`{"bijlagen"`))
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := message.Attachments(body)
		if err != nil {
			if list != nil || !errors.As(err, new(fault.List)) {
				t.Fatalf("%d attachments and %v", len(list), err)
			}
			return
		}
		again, err := message.WithAttachments([]byte(`{}`), list)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		back, err := message.Attachments(again)
		if err != nil || !cmp.Equal(list, back) {
			t.Fatalf("what was written reads otherwise: %v", err)
		}
	})
}
