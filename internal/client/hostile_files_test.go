package client_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestHostileFiles: software without our checks seals files that would do harm where they are kept. None of them comes out, and the
// sender is asked for something readable.
func TestHostileFiles(t *testing.T) {
	r := gatewaytest.Start(t)
	text := base64.StdEncoding.EncodeToString([]byte("Een brief."))
	police := (&between{}).client(t, r.Person("politie/wa-7"))
	for name, file := range map[string]struct{ called, mediaType, content string }{
		"up and out":           {`../../.ssh/authorized_keys.txt`, "text/plain", text},
		"absolute":             {`/etc/cron.d/x.txt`, "text/plain", text},
		"a drive":              {`C:\\autoexec.txt`, "text/plain", text},
		"a device":             {`NUL.txt`, "text/plain", text},
		"hidden":               {`.profile.txt`, "text/plain", text},
		"reads the other way":  {`brief\u202etxt.exe.txt`, "text/plain", text},
		"a line feed":          {`a\nb.txt`, "text/plain", text},
		"a program":            {`brief.exe`, "application/x-msdownload", text},
		"a page with a script": {`brief.html`, "text/html", text},
		"another extension":    {`brief.exe`, "text/plain", text},
		"dressed as a PDF":     {`brief.pdf`, "application/pdf", text},
		"no base64":            {`brief.txt`, "text/plain", "***"},
	} {
		t.Run(name, func(t *testing.T) {
			e := r.Signal("school/vc-1", "politie/wa-7")
			e.Categories = []vocabulary.Category{"identiteit", "incident", "signaal"}
			bijlagen := fmt.Sprintf(`,"bijlagen":[{"naam":"%s","type":"%s","gegevens":["signaal"],"inhoud":"%s"}]}`, file.called, file.mediaType, file.content)
			envelope, payload := sealBody(t, r, e, []byte(strings.TrimSuffix(strings.TrimSpace(string(aboutNoor)), "}")+bijlagen))
			accepted(t, r.Person("school/vc-1").Send(envelope, payload))
			_, err := police.Receive(t.Context(), e.ID)
			var cannot *client.UnreadableError
			if !errors.As(err, &cannot) {
				t.Fatalf("want unreadable, got %v", err)
			}
			if strings.Contains(err.Error(), "brief") || cannot.Err != nil && strings.Contains(cannot.Err.Error(), "authorized") {
				t.Errorf("the name is repeated: %v", err)
			}
		})
	}
}

// TestFilesComeAlong: what a draft's files hold counts as declared or not, and comes out as it went in.
func TestFilesComeAlong(t *testing.T) {
	r := gatewaytest.Start(t)
	school, police := (&between{}).client(t, r.Person("school/vc-1")), (&between{}).client(t, r.Person("politie/wa-7"))
	d := signal(r, aboutNoor)
	d.Attachments = []message.Attachment{{Name: "brief.txt", Type: "text/plain", Categories: []vocabulary.Category{"gedrag"}, Content: []byte("Een brief.")}}
	if _, err := school.Send(t.Context(), d); err == nil || !strings.Contains(err.Error(), "gedrag") {
		t.Errorf("a file with more than was declared: %v", err)
	}
	d.Attachments[0].Categories = []vocabulary.Category{"signaal"}
	sent, err := school.Send(t.Context(), d)
	check(t, err)
	got, err := police.Receive(t.Context(), sent.ID)
	check(t, err)
	files, err := message.Attachments(got.Body)
	check(t, err)
	if len(files) != 1 || files[0].Name != "brief.txt" || string(files[0].Content) != "Een brief." || !got.Conform() {
		t.Errorf("%d files came along, conform %v", len(files), got.Conform())
	}
}
