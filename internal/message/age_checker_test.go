package message_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"filippo.io/age"
	"filippo.io/age/armor"

	"github.com/sluis-gateway/sluis/internal/message"
)

// sealed makes a real age file.
func sealed(t testing.TB, size int, to ...age.Recipient) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := age.Encrypt(&file, to...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, size)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func hybrid(t testing.TB, n int) (to []age.Recipient) {
	t.Helper()
	for range n {
		id, err := age.GenerateHybridIdentity()
		if err != nil {
			t.Fatal(err)
		}
		to = append(to, id.Recipient())
	}
	return to
}

func classic(t testing.TB, n int) (to []age.Recipient) {
	t.Helper()
	for range n {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		to = append(to, id.Recipient())
	}
	return to
}

// checked streams a file through the checker in pieces of a size.
func checked(file []byte, piece, want int, allowX25519 bool) error {
	c := message.NewAgeHeaderChecker(want, allowX25519)
	r := io.TeeReader(bytes.NewReader(file), c)
	buf := make([]byte, piece)
	for {
		if _, err := r.Read(buf); err != nil {
			break
		}
	}
	return c.Close()
}

func TestRealAgeFiles(t *testing.T) {
	password, err := age.NewScryptRecipient("een wachtwoord")
	if err != nil {
		t.Fatal(err)
	}
	password.SetWorkFactor(2)
	var armored bytes.Buffer
	a := armor.NewWriter(&armored)
	if _, err := a.Write(sealed(t, 10, hybrid(t, 1)...)); err != nil || a.Close() != nil {
		t.Fatal("armoring failed")
	}
	three, one := sealed(t, 4096, hybrid(t, 3)...), sealed(t, 0, classic(t, 1)...)
	for name, test := range map[string]struct {
		file   []byte
		want   int
		x25519 bool
		err    error
	}{
		"three hybrid":                   {three, 3, false, nil},
		"hybrid where X25519 is allowed": {three, 3, true, nil},
		"one stanza too many":            {three, 2, false, message.ErrAgeKeys},
		"one stanza too few":             {three, 4, false, message.ErrAgeKeys},
		"X25519 not allowed":             {one, 1, false, message.ErrAgeKeys},
		"X25519 allowed, empty file":     {one, 1, true, nil},
		"exactly one chunk":              {sealed(t, 64<<10, hybrid(t, 1)...), 1, false, nil},
		"two chunks":                     {sealed(t, 64<<10+1, hybrid(t, 1)...), 1, false, nil},
		"a password":                     {sealed(t, 10, password), 1, true, message.ErrAgeKeys},
		"armored":                        {armored.Bytes(), 1, false, message.ErrNotAge},
		"only a header":                  {three[:len(three)-4096-32], 3, false, message.ErrNotAge},
		"cut off in the first tag":       {three[:len(three)-4096-1], 3, false, message.ErrNotAge},
		"cut off in the header":          {three[:1000], 3, false, message.ErrNotAge},
		"nothing":                        {nil, 0, false, message.ErrNotAge},
		"plaintext":                      {[]byte(`{"kop":{}}`), 1, false, message.ErrNotAge},
	} {
		for _, piece := range []int{1, 7, 1000, 1 << 20} {
			if err := checked(test.file, piece, test.want, test.x25519); !errors.Is(err, test.err) {
				t.Errorf("%s in pieces of %d: got %v, want %v", name, piece, err, test.err)
			}
		}
	}
}

// byHand writes an age file as age itself refuses to: the stanzas given, and a payload of nonce and tag.
func byHand(stanzas ...string) []byte {
	mac := base64.RawStdEncoding.EncodeToString(make([]byte, 32))
	return []byte("age-encryption.org/v1\n" + strings.Join(stanzas, "") + "--- " + mac + "\n" + strings.Repeat("x", 32))
}

func stanza(kind string, share, body int) string {
	return fmt.Sprintf("-> %s %s\n%s\n", kind, base64.RawStdEncoding.EncodeToString(make([]byte, share)), base64.RawStdEncoding.EncodeToString(make([]byte, body)))
}

func TestAgeFilesMadeByHand(t *testing.T) {
	pq, ec := stanza("mlkem768x25519", 1120, 32), stanza("X25519", 32, 32)
	long := strings.Repeat("A", 64)
	for name, test := range map[string]struct {
		file []byte
		want int
		err  error
	}{
		"the two kinds of stanza": {byHand(pq, pq), 2, nil},
		"mixed, hybrid first":     {byHand(pq, ec), 2, message.ErrAgeKeys},
		"mixed, X25519 first":     {byHand(ec, pq), 2, message.ErrAgeKeys},
		"grease":                  {byHand(pq, "-> abc-grease x\n\n"), 2, message.ErrAgeKeys},
		"ssh":                     {byHand("-> ssh-ed25519 abcd " + long[:43] + "\n" + long[:43] + "\n"), 1, message.ErrAgeKeys},
		"a tag for hardware":      {byHand("-> p256tag abcd " + long[:44] + "\n" + long[:43] + "\n"), 1, message.ErrAgeKeys},
		"share too short":         {byHand(stanza("mlkem768x25519", 1119, 32)), 1, message.ErrNotAge},
		"file key too long":       {byHand(stanza("mlkem768x25519", 1120, 33)), 1, message.ErrNotAge},
		"two arguments":           {byHand(strings.Replace(pq, "\n", " x\n", 1)), 1, message.ErrNotAge},
		"no arguments":            {byHand("-> mlkem768x25519\n" + long[:43] + "\n"), 1, message.ErrNotAge},
		"no stanza":               {byHand(), 0, message.ErrNotAge},
		"two spaces":              {byHand(strings.Replace(pq, " ", "  ", 1)), 1, message.ErrNotAge},
		"a carriage return":       {byHand(strings.Replace(pq, "\n", "\r\n", 1)), 1, message.ErrNotAge},
		"body without short line": {byHand("-> X25519 " + long[:43] + "\n" + long + "\n"), 1, message.ErrNotAge},
		"body line too long":      {byHand("-> X25519 " + long[:43] + "\n" + long + "AA\n\n"), 1, message.ErrNotAge},
		"base64 not canonical":    {byHand(strings.Replace(pq, "AAAA\n", "AAAB\n", 1)), 1, message.ErrNotAge},
		"padding of base64":       {byHand(strings.Replace(pq, "\n", "==\n", 1)), 1, message.ErrNotAge},
		"mac too short":           {bytes.Replace(byHand(pq), []byte("--- A"), []byte("--- "), 1), 1, message.ErrNotAge},
		"version 2":               {bytes.Replace(byHand(pq), []byte("/v1"), []byte("/v2"), 1), 1, message.ErrNotAge},
		"header over 64 KiB":      {byHand(strings.Repeat(pq, 50)), 50, message.ErrNotAge},
		"empty last chunk":        {append(byHand(pq), make([]byte, 64<<10+16)...), 1, message.ErrNotAge},
		"last chunk too short":    {append(byHand(pq), make([]byte, 64<<10+15)...), 1, message.ErrNotAge},
		"one byte in last chunk":  {append(byHand(pq), make([]byte, 64<<10+17)...), 1, nil},
		"no line feed, ever":      {bytes.Repeat([]byte("a"), 1<<20), 1, message.ErrNotAge},
	} {
		for _, piece := range []int{1, 100, 1 << 20} {
			if err := checked(test.file, piece, test.want, true); !errors.Is(err, test.err) {
				t.Errorf("%s in pieces of %d: got %v, want %v", name, piece, err, test.err)
			}
		}
	}
}

// TestWrongFilesAreKnownEarly: whoever sends 36 MiB of something else is told after a line.
func TestWrongFilesAreKnownEarly(t *testing.T) {
	c := message.NewAgeHeaderChecker(1, false)
	for range 2 {
		if _, err := c.Write([]byte("dit is geen age-bestand")); err != nil {
			t.Fatalf("writing failed: %v", err)
		}
	}
	if !errors.Is(c.Err(), message.ErrNotAge) {
		t.Errorf("got %v, want ErrNotAge", c.Err())
	}
}

// FuzzAgeHeader: however the file is cut into pieces, the verdict is the same, and age itself can read the header of what passes.
func FuzzAgeHeader(f *testing.F) {
	f.Add(sealed(f, 1, hybrid(f, 1)...), 1, 10)
	f.Add(sealed(f, 1, classic(f, 2)...), 2, 1)
	f.Add(byHand("-> X25519 "+strings.Repeat("A", 43)+"\n"+strings.Repeat("A", 43)+"\n"), 1, 100)
	f.Add([]byte("age-encryption.org/v1\n--- "), 0, 3)
	f.Fuzz(func(t *testing.T, file []byte, want, piece int) {
		whole := checked(file, len(file)+1, want, true)
		if again := checked(file, 1+(piece&0xff), want, true); again != whole {
			t.Fatalf("in one piece %v, in pieces %v", whole, again)
		}
		if whole == nil {
			if _, err := age.ExtractHeader(bytes.NewReader(file)); err != nil {
				t.Fatalf("passed, but age says: %v", err)
			}
		}
	})
}
