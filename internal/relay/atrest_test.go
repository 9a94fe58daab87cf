package relay

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"testing"

	"filippo.io/age"
	"pgregory.net/rapid"
)

// daysInMemory is DayKeys for one process that lives as long as a test; store/daykey keeps them on disk.
type daysInMemory map[string][]byte

func (d daysInMemory) Get(day string, create bool) ([]byte, error) {
	if key, ok := d[day]; ok {
		return key, nil
	}
	if !create {
		return nil, ErrKeyGone
	}
	d[day] = make([]byte, 32)
	rand.Read(d[day])
	return d[day], nil
}

func (d daysInMemory) Days() ([]string, error)  { return nil, nil }
func (d daysInMemory) Destroy(day string) error { delete(d, day); return nil }

func sealAtRest(t testing.TB, content []byte, r dayRecipient) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := age.Encrypt(&file, r)
	if err == nil {
		_, err = w.Write(content)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func TestAtRestOpensOnlyAsWhatItIs(t *testing.T) {
	keys := daysInMemory{}
	key, _ := keys.Get("2026-11-21", true)
	file := sealAtRest(t, []byte("versleuteld"), dayRecipient{day: "2026-11-21", key: key, id: "een", of: PayloadPart})
	open := func(id string, of Part) ([]byte, error) {
		r, err := age.Decrypt(bytes.NewReader(file), dayIdentity{keys: keys, id: id, of: of})
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	}
	if got, err := open("een", PayloadPart); err != nil || string(got) != "versleuteld" {
		t.Fatalf("opened as %q, %v", got, err)
	}
	if _, err := open("twee", PayloadPart); err == nil {
		t.Error("it opens as another message's")
	}
	if _, err := open("een", MotivationPart); err == nil {
		t.Error("it opens as another part")
	}
	other, _ := keys.Get("2026-11-22", true)
	keys["2026-11-21"], keys["2026-11-22"] = other, key
	if _, err := open("een", PayloadPart); err == nil {
		t.Error("it opens with another day's key")
	}
	keys.Destroy("2026-11-21")
	if _, err := open("een", PayloadPart); !errors.Is(err, ErrKeyGone) {
		t.Errorf("error is %v, want that the key is gone", err)
	}
}

func TestAtRestRefusesOtherFiles(t *testing.T) {
	hybrid, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	var foreign bytes.Buffer
	w, err := age.Encrypt(&foreign, hybrid.Recipient())
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := age.Decrypt(&foreign, dayIdentity{keys: daysInMemory{}}); err == nil {
		t.Error("a file for another kind of key opens")
	}
	i := dayIdentity{keys: daysInMemory{"2026-11-21": make([]byte, 32)}}
	for name, stanzas := range map[string][]*age.Stanza{
		"none":      nil,
		"two":       {{Type: dayStanza, Args: []string{"2026-11-21"}}, {Type: dayStanza, Args: []string{"2026-11-21"}}},
		"no day":    {{Type: dayStanza}},
		"too short": {{Type: dayStanza, Args: []string{"2026-11-21"}, Body: make([]byte, 23)}},
		"noise":     {{Type: dayStanza, Args: []string{"2026-11-21"}, Body: make([]byte, 56)}},
	} {
		if _, err := i.Unwrap(stanzas); err == nil {
			t.Errorf("%s: it opens", name)
		}
	}
}

// FuzzUnwrap: a stanza comes from the database, which is not trusted.
func FuzzUnwrap(f *testing.F) {
	f.Add("2026-11-21", make([]byte, 56))
	f.Add("", []byte{})
	f.Fuzz(func(t *testing.T, day string, body []byte) {
		i := dayIdentity{keys: daysInMemory{"2026-11-21": bytes.Repeat([]byte{7}, 32)}}
		if _, err := i.Unwrap([]*age.Stanza{{Type: dayStanza, Args: []string{day}, Body: body}}); err == nil {
			t.Error("a file key was made up")
		}
	})
}

// TestAtRestIsTheSameBack for every content and size.
func TestAtRestIsTheSameBack(t *testing.T) {
	keys := daysInMemory{}
	key, _ := keys.Get("2026-11-21", true)
	rapid.Check(t, func(rt *rapid.T) {
		content := rapid.SliceOfN(rapid.Byte(), 0, 200<<10).Draw(rt, "content")
		file := sealAtRest(t, content, dayRecipient{day: "2026-11-21", key: key, id: "een", of: PayloadPart})
		r, err := age.Decrypt(bytes.NewReader(file), dayIdentity{keys: keys, id: "een", of: PayloadPart})
		if err != nil {
			rt.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
			rt.Fatalf("%d bytes back of %d, %v", len(got), len(content), err)
		}
	})
}
