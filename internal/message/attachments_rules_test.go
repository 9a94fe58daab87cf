package message_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestAttachmentFaults: each rule, both when a sender makes a body and when a recipient reads one that another program made.
func TestAttachmentFaults(t *testing.T) {
	with := func(change func(a *message.Attachment)) []message.Attachment {
		a := letter("brief.pdf")
		change(&a)
		return []message.Attachment{a}
	}
	many := make([]message.Attachment, 21)
	for i := range many {
		many[i] = letter(fmt.Sprintf("%d.pdf", i))
	}
	big := make([]byte, message.MaxAttachments-10)
	copy(big, "%PDF-")
	for name, test := range map[string]struct {
		list []message.Attachment
		want []string
	}{
		"too many":   {many, []string{"bijlagen"}},
		"one name":   {[]message.Attachment{letter("brief.pdf"), letter("BRIEF.PDF")}, []string{"bijlagen[1].naam"}},
		"type":       {with(func(a *message.Attachment) { a.Type = "text/html"; a.Name = "brief.html" }), []string{"bijlagen[0].type"}},
		"extension":  {with(func(a *message.Attachment) { a.Name = "brief.exe" }), []string{"bijlagen[0].naam"}},
		"empty":      {with(func(a *message.Attachment) { a.Content = nil }), []string{"bijlagen[0].inhoud"}},
		"a program":  {with(func(a *message.Attachment) { a.Content = []byte("MZ\x90\x00") }), []string{"bijlagen[0].inhoud"}},
		"categories": {with(func(a *message.Attachment) { a.Categories = nil }), []string{"bijlagen[0].gegevens"}},
		"category":   {with(func(a *message.Attachment) { a.Categories = append(a.Categories, secret) }), []string{"bijlagen[0].gegevens[1]"}},
		"twice":      {with(func(a *message.Attachment) { a.Categories = append(a.Categories, "incident") }), []string{"bijlagen[0].gegevens[1]"}},
		"a picture": {with(func(a *message.Attachment) {
			a.Name, a.Type, a.Content = "foto.jpg", "image/jpeg", []byte("\xff\xd8\xff\xe0")
		}),
			[]string{"bijlagen[0].gegevens"}},
		"no text": {with(func(a *message.Attachment) { a.Name, a.Type, a.Content = "a.txt", "text/plain", []byte("a\x00b") }), []string{"bijlagen[0].inhoud"}},
		"too big": {[]message.Attachment{{Name: "a.pdf", Type: "application/pdf", Categories: []vocabulary.Category{"incident"}, Content: big}, letter("b.pdf")},
			[]string{"bijlagen"}},
		"all at once": {with(func(a *message.Attachment) { *a = message.Attachment{Name: "a.pdf", Type: "application/pdf"} }),
			[]string{"bijlagen[0].gegevens", "bijlagen[0].inhoud"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := message.WithAttachments([]byte(`{}`), test.list)
			var got []string
			for _, p := range places(t, err) {
				if len(got) == 0 || got[len(got)-1] != p {
					got = append(got, p)
				}
			}
			sortedSame(t, test.want, got)
			if strings.Contains(err.Error(), secret) {
				t.Error("a fault holds what was sent")
			}
		})
	}
}

func sortedSame(t *testing.T, want, got []string) {
	t.Helper()
	seen := map[string]bool{}
	for _, p := range got {
		seen[p] = true
	}
	for _, p := range want {
		if !seen[p] {
			t.Errorf("no fault at %s", p)
		}
		delete(seen, p)
	}
	for p := range seen {
		t.Errorf("a fault at %s", p)
	}
}

// TestContentsFitTheirType: what the bytes are decides, not what the name says.
func TestContentsFitTheirType(t *testing.T) {
	const mimetype = "mimetypeapplication/vnd.oasis.opendocument.text"
	head := "PK\x03\x04" + strings.Repeat("\x00", 26)
	word := head + "[Content_Types].xml" + head + "word/document.xml"
	for content, want := range map[string]string{
		"%PDF-1.4": ".pdf", "\xff\xd8\xff\xdb": ".jpg .jpeg", "\x89PNG\r\n\x1a\n": ".png", "een brief, met é": ".txt", "\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00": ".mp4",
		head + mimetype: ".odt", head + mimetype + "-template": ".odt", word: ".docx", word + "word/vbaProject.bin": "", head + "setup.exe": "",
		"PK\x03\x04": "", head: "", "MZ\x90\x00\xff": "", "\x7fELF\x00": "", "\xff": "", "\x00": "", "xxxxftypmp42xxxx\xff": "",
	} {
		var got []string
		for _, extension := range []string{".docx", ".jpg", ".jpeg", ".mp4", ".odt", ".pdf", ".png", ".txt"} {
			mediaType, _ := message.AttachmentType("a" + extension)
			a := message.Attachment{Name: "a" + extension, Type: mediaType, Categories: []vocabulary.Category{"beeldmateriaal"}, Content: []byte(content)}
			if _, err := message.WithAttachments([]byte(`{}`), []message.Attachment{a}); err == nil && (extension != ".txt" || want == ".txt") {
				got = append(got, extension)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q passes as %v, want %s", content, got, want)
		}
	}
}

func TestNamesOfFiles(t *testing.T) {
	for name, ok := range map[string]bool{
		"verslag.pdf": true, "Gesprek 18 november (def.).pdf": true, "über-öffentlich.pdf": true, "a.PDF": true, "console.pdf": true, "COM10.pdf": true,
		"../verslag.pdf": false, "/etc/verslag.pdf": false, `c:\verslag.pdf`: false, "a:b.pdf": false, "map/verslag.pdf": false, ".pdf": false, ".verborgen.pdf": false,
		" a.pdf": false, "a\n.pdf": false, "a\x1b[2J.pdf": false, "a\u202efdp.pdf": false, "a\u200b.pdf": false, "con.pdf": false, "NUL .pdf": false, "Lpt1.x.pdf": false,
		"COM¹.pdf": false, "a*.pdf": false, "a\xff.pdf": false, "": false, strings.Repeat("a", 117) + ".pdf": false, strings.Repeat("é", 116) + ".pdf": true,
	} {
		if _, err := message.WithAttachments([]byte(`{}`), []message.Attachment{letter(name)}); ok != (err == nil) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestAttachmentTypesAreThoseOfTheSchema: what the schema tells other software, and what this package checks.
func TestAttachmentTypesAreThoseOfTheSchema(t *testing.T) {
	seen := map[any]bool{}
	for _, extension := range message.AttachmentExtensions() {
		mediaType, ok := message.AttachmentType("x" + extension)
		if !ok {
			t.Errorf("%s has no type", extension)
		}
		seen[mediaType] = true
	}
	attachment := schema(t, "signaal")["$defs"].(map[string]any)["bijlage"].(map[string]any)["properties"].(map[string]any)
	types := attachment["type"].(map[string]any)["enum"].([]any)
	for _, mediaType := range types {
		if !seen[mediaType] {
			t.Errorf("%v stands in the schema only", mediaType)
		}
	}
	if len(types) != len(seen) {
		t.Errorf("the schema has %d types, the package %d", len(types), len(seen))
	}
	for _, code := range attachment["gegevens"].(map[string]any)["items"].(map[string]any)["enum"].([]any) {
		if !vocabulary.Default().HasCategory(vocabulary.Category(code.(string))) {
			t.Errorf("%v is no category", code)
		}
	}
}
