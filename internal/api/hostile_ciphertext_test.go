package api_test

import (
	"bytes"
	"net/http"
	"strings"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// ciphertextAttacks send files that are not what the envelope says, or that nobody addressed could read alone. The envelope
// itself is allowed: so the first decision said yes, and there is something to throw away.
func ciphertextAttacks() []attack {
	const allowed = 10
	// signed changes the file before the envelope is signed over it; after, when it is signed already.
	signed := func(name string, change func(s *siege, file []byte) []byte) attack {
		return attack{name: "ciphertext: " + name, status: 400, code: "verzoek-onjuist", place: "lading", do: func(s *siege) answer {
			e := s.Signal("school/vc-1", "politie/wa-7")
			_, file := s.Seal(e, allowed)
			file = change(s, file)
			e.Payload = message.Content{Digest: digest.Of(file), Length: int64(len(file))}
			return sent(s.t, s.sender().Send(s.Sign(e), file))
		}}
	}
	after := func(name, place string, length int, change func(file []byte) []byte) attack {
		return attack{name: "ciphertext: " + name, status: 400, code: "verzoek-onjuist", place: place, do: func(s *siege) answer {
			envelope, file := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), length)
			return sent(s.t, s.sender().Send(envelope, change(file)))
		}}
	}
	const large = 700 << 10 // staged in chunks before it is known to be wrong
	return []attack{
		after("another byte", "lading.digest", allowed, flip),
		after("another byte in a large file", "lading.digest", large, flip),
		after("short", "lading.lengte", allowed, func(f []byte) []byte { return f[:len(f)-1] }),
		after("half of a large file", "lading.lengte", large, func(f []byte) []byte { return f[:len(f)/2] }),
		after("long", "lading.lengte", allowed, func(f []byte) []byte { return append(f, 0) }),
		after("a megabyte longer", "lading.lengte", allowed, func(f []byte) []byte { return append(f, make([]byte, 1<<20)...) }),
		after("nothing", "lading.lengte lading", allowed, func([]byte) []byte { return nil }),
		signed("readable", func(*siege, []byte) []byte { return []byte(strings.Repeat(canary+" ", 400)) }),
		signed("large and readable", func(*siege, []byte) []byte { return []byte(strings.Repeat(canary+" ", 40000)) }),
		signed("header cut off", func(_ *siege, f []byte) []byte { return f[:200] }),
		signed("header only", func(_ *siege, f []byte) []byte { return f[:bytes.Index(f, []byte("\n--- "))+1] }),
		signed("no content after the header", func(_ *siege, f []byte) []byte { return f[:bytes.Index(f, []byte("\n--- "))+49] }),
		signed("a header without end", func(*siege, []byte) []byte {
			return []byte("age-encryption.org/v1\n-> mlkem768x25519 " + strings.Repeat("A", 1<<20))
		}),
		signed("with armor", func(_ *siege, f []byte) []byte { return append([]byte("-----BEGIN AGE ENCRYPTED FILE-----\n"), f...) }),
		signed("version 2", func(_ *siege, f []byte) []byte { return bytes.Replace(f, []byte(".org/v1\n"), []byte(".org/v2\n"), 1) }),
		signed("lines of Windows", func(_ *siege, f []byte) []byte {
			return bytes.Replace(f, []byte(".org/v1\n"), []byte(".org/v1\r\n"), 1)
		}),
		signed("X25519 where it is not allowed", func(s *siege, _ []byte) []byte { return sealedFor(s, x25519(s)) }),
		signed("a password", func(s *siege, _ []byte) []byte {
			word, err := age.NewScryptRecipient(canary)
			if err != nil {
				s.t.Fatal(err)
			}
			word.SetWorkFactor(10)
			return sealedFor(s, word)
		}),
		signed("one key more", func(s *siege, _ []byte) []byte { return sealedFor(s, hybrid(s), hybrid(s)) }),
		signed("mixed keys", func(s *siege, f []byte) []byte {
			extra := sealedFor(s, x25519(s))
			stanza := extra[bytes.IndexByte(extra, '\n')+1 : bytes.Index(extra, []byte("--- "))]
			at := bytes.Index(f, []byte("--- "))
			return bytes.Join([][]byte{f[:at], stanza, f[at:]}, nil)
		}),
		signed("an unknown stanza instead", func(_ *siege, f []byte) []byte {
			return bytes.Replace(f, []byte("-> mlkem768x25519 "), []byte("-> kanariegeel "), 1)
		}),
		{name: "ciphertext: 37 MiB", do: func(s *siege) answer {
			envelope, _ := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), allowed)
			return s.upload(envelopePart(envelope), payloadPart(make([]byte, 37<<20)))
		}, status: http.StatusBadRequest, code: "verzoek-onjuist", place: "lading.lengte"},
	}
}

func flip(file []byte) []byte {
	file[len(file)-1] ^= 1
	return file
}

func x25519(s *siege) age.Recipient {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		s.t.Fatal(err)
	}
	return id.Recipient()
}

func hybrid(s *siege) age.Recipient {
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		s.t.Fatal(err)
	}
	return id.Recipient()
}

func sealedFor(s *siege, keys ...age.Recipient) []byte {
	s.t.Helper()
	var file bytes.Buffer
	w, err := age.Encrypt(&file, keys...)
	if err == nil {
		_, err = w.Write([]byte(canary))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		s.t.Fatalf("sealing: %v", err)
	}
	return file.Bytes()
}
