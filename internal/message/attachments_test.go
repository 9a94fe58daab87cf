package message_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// letter gives an attachment that is in order.
func letter(name string) message.Attachment {
	return message.Attachment{
		Name: name, Type: "application/pdf", Categories: []vocabulary.Category{"incident"}, Content: []byte("%PDF-1.7 verzonnen"),
	}
}

// TestAttachmentsComeBack: what WithAttachments puts in a body, Attachments gives back, and the body around it is the same.
func TestAttachmentsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []message.Attachment
		for i := range rapid.IntRange(0, 20).Draw(t, "how many") {
			a := letter(fmt.Sprintf("bijlage %d.pdf", i))
			a.Content = append(a.Content, rapid.SliceOf(rapid.Byte()).Draw(t, "content")...)
			list = append(list, a)
		}
		body := rapid.SampledFrom([]string{`{}`, `{"a":[1,{"inhoud":"x"}]}`, `{"inhoud":"bijlagen"}`}).Draw(t, "body")
		with, err := message.WithAttachments([]byte(body), list)
		if err != nil {
			t.Fatal(err)
		}
		got, err := message.Attachments(with)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(list, got); diff != "" {
			t.Fatalf("(-sent +received):\n%s", diff)
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(with, &members); err != nil {
			t.Fatal(err)
		}
		delete(members, "bijlagen")
		rest, err := json.Marshal(members)
		if err != nil || string(rest) != body {
			t.Fatalf("the body around the attachments became %s (%v)", rest, err)
		}
	})
}

// TestOtherProgramsWriteJSONDifferently: an escaped slash in base64, space, and any order of fields.
func TestOtherProgramsWriteJSONDifferently(t *testing.T) {
	content := []byte("%PDF-1.7\xff\xff\xff")
	text := strings.ReplaceAll(base64.StdEncoding.EncodeToString(content), "/", `\/`)
	if !strings.Contains(text, `\`) {
		t.Fatal("this content has no slash in base64")
	}
	got, err := message.Attachments([]byte(` { "bijlagen" : [ {"inhoud" : "` + text + `", "gegevens":["signaal"],` + "\n" + `"type":"application\/pdf","naam":"a.pdf"} ] } `))
	if err != nil || len(got) != 1 || !bytes.Equal(got[0].Content, content) {
		t.Fatalf("%d attachments, %v", len(got), err)
	}
}

// TestAttachmentsCountAsTheirCategories, in every kind that takes them.
func TestAttachmentsCountAsTheirCategories(t *testing.T) {
	list := []message.Attachment{
		letter("a.pdf"),
		{Name: "b.png", Type: "image/png", Categories: []vocabulary.Category{"strafrechtelijk", "beeldmateriaal"}, Content: []byte("\x89PNG\r\n\x1a\n")},
	}
	for _, kind := range message.DefaultSchemas().Kinds() {
		body := examples(t, kind)[0]
		without, err := message.DefaultSchemas().Categories(kind, body)
		if err != nil {
			t.Fatal(err)
		}
		with, err := message.WithAttachments(body, list)
		if err != nil {
			t.Fatal(err)
		}
		got, err := message.DefaultSchemas().Categories(kind, with)
		if _, takes := schema(t, kind)["properties"].(map[string]any)["bijlagen"]; !takes {
			if diff := cmp.Diff([]string{"bijlagen"}, places(t, err)); diff != "" {
				t.Errorf("%s takes no attachments:\n%s", kind, diff)
			}
			continue
		}
		want := slices.Compact(slices.Sorted(slices.Values(append(without, "beeldmateriaal", "incident", "strafrechtelijk"))))
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s (-want +got), %v:\n%s", kind, err, diff)
		}
		if err := message.DefaultSchemas().Validate(kind, with); err != nil {
			t.Errorf("%s with attachments: %v", kind, err)
		}
	}
}

// TestCategoriesThatASenderMadeUp: a category that nobody knows is a fault, or it would pass for nothing at all.
func TestCategoriesThatASenderMadeUp(t *testing.T) {
	for _, category := range []string{`"geheim"`, `1`, `null`, `["incident"]`, `""`} {
		body := `{"bijlagen":[{"naam":"a.pdf","type":"application/pdf","gegevens":["incident",` + category + `],"inhoud":"JVBERi0x"}]}`
		_, err := message.DefaultSchemas().Categories("signaal", []byte(body))
		if diff := cmp.Diff([]string{"bijlagen[0].gegevens[1]"}, places(t, err)); diff != "" {
			t.Errorf("%s:\n%s", category, diff)
		}
	}
}

func TestBodiesThatTakeNoAttachments(t *testing.T) {
	for _, body := range []string{``, `[]`, `{"bijlagen":[]}`, `{"a":1,"bijlagen":null}`, `{"a":1,"a":2}`, `{"a":`} {
		if _, err := message.WithAttachments([]byte(body), []message.Attachment{letter("a.pdf")}); !errors.As(err, new(fault.List)) {
			t.Errorf("%s: %v is no fault.List", body, err)
		}
	}
	if body, err := message.WithAttachments([]byte(`{"a": 1}`), nil); string(body) != `{"a": 1}` || err != nil {
		t.Errorf("without attachments the body became %s (%v)", body, err)
	}
}

func TestAttachmentType(t *testing.T) {
	for name, want := range map[string]string{
		"verslag.pdf": "application/pdf", "FOTO.JPEG": "image/jpeg", "brief.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"pagina.html": "", "plaatje.svg": "", "macro.docm": "", "zonder": "", "a.pdf.exe": "", "": "", ".": "",
	} {
		if got, ok := message.AttachmentType(name); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
}
