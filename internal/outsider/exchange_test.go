package outsider

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestEverybodyUnderstandsEverybody: what one program sends, each of the others opens and confirms, and the tags in its envelope are
// those that the sender's party can find the person back with.
func TestEverybodyUnderstandsEverybody(t *testing.T) {
	t.Parallel()
	r, _ := region(t)
	programs := []program{command, bash, typescript}
	for _, from := range programs {
		for _, to := range programs {
			if from.name == to.name {
				continue
			}
			t.Run(from.name+" to "+to.name, func(t *testing.T) { exchange(t, r, from, to) })
		}
	}
}

func exchange(t *testing.T, r *gatewaytest.Region, from, to program) {
	order := examples + "/opdracht.json"
	watched := watch(t, r, slices.Contains([]string{from.name, to.name}, bash.name))
	stdout, stderr, ok := run(t, from.send(t, r.Person("school/vc-1").Profile, order), watched...)
	id := messageID.FindString(stdout)
	if !ok || id == "" {
		t.Fatalf("sending: %s%s", stdout, stderr)
	}
	sent := seen(t, r, "school/vc-1", id)
	wantTags(t, r, sent)
	folder := filepath.Join(t.TempDir(), "in")
	if _, stderr, ok := run(t, to.open(t, r.Person("politie/wa-7").Profile, folder, id), watched...); !ok {
		t.Fatalf("receiving: %s", stderr)
	}
	file := filepath.Join(folder, id+".json")
	body, err := os.ReadFile(file)
	check(t, err)
	var got, want any
	check(t, json.Unmarshal(body, &got))
	check(t, json.Unmarshal(orderBody(t, order), &want))
	if !reflect.DeepEqual(got, want) {
		t.Error("another body was received than was sent")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the body: %v %v", info.Mode(), err)
	}
	if got := seen(t, r, "school/vc-1", id); string(got.Status) != string(message.Received) {
		t.Errorf("the status is %s", got.Status)
	}
}

// seen gives a message as the client of this project sees it, which verifies envelope and receipt.
func seen(t *testing.T, r *gatewaytest.Region, who, id string) client.Stored {
	t.Helper()
	p, err := client.LoadProfile(r.Person(who).Profile)
	check(t, err)
	c, err := client.New(p)
	check(t, err)
	defer c.Close()
	s, err := c.Message(t.Context(), id)
	check(t, err)
	return s
}

// wantTags holds the tags to the search key of the school's profile. The name has a letter with a mark, which the tag must not have.
func wantTags(t *testing.T, r *gatewaytest.Region, s client.Stored) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.Person("school/vc-1").Profile, "zoeksleutel"))
	check(t, err)
	key, err := message.ParseSearchKey(string(text[:len(text)-1]))
	check(t, err)
	e := s.Envelope.Envelope()
	bsn, err := key.TagBSN(e.ID, "999990019")
	check(t, err)
	name, err := key.TagName(e.ID, "Zoe Voorbeeld", "2010-05-31")
	check(t, err)
	if len(e.Subjects) != 2 || !slices.Contains(e.Subjects, bsn) || !slices.Contains(e.Subjects, name) {
		t.Error("the tags of the persons are not those of the documents")
	}
}
