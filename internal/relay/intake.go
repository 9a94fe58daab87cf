package relay

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

const (
	// maxInline is the longest payload that is kept in the accepting transaction itself.
	maxInline = 64 << 10
	// chunkSize is how much of a longer one is in memory at a time: it is staged while it streams in. Staging begins only after
	// the envelope was allowed, and after the age header (at most 64 KiB, so always in the first chunk) was found right.
	chunkSize = 256 << 10
	// stagedLife is how long chunks may wait for their message; longestIntake, well within it, how long an upload may take. The key
	// of a day is destroyed no sooner than stagedLife after its day, so an upload over midnight keeps its key.
	stagedLife    = time.Hour
	longestIntake = 30 * time.Minute
)

// errTooSlow refuses an upload that took so long that its chunks or day key could be gone.
var errTooSlow = errors.New("relay: the upload took too long")

// intake takes in the age files of one message, encrypted at rest.
type intake struct {
	store   Store
	id      string // of the message
	day     string
	key     []byte
	staging string // "" when everything is inline
	inline  map[Part][]byte
}

// newIntake gets the key of today. Which way the files are kept follows from the length that the sender signed.
func (r *Relay) newIntake(e message.Envelope, now time.Time) (*intake, error) {
	day := dayOf(now)
	key, err := r.keys.Get(day, true)
	if err != nil {
		return nil, fmt.Errorf("getting the key of today: %w", err)
	}
	in := &intake{store: r.store, id: e.ID, day: day, key: key, inline: make(map[Part][]byte)}
	if e.Payload.Length > maxInline {
		in.staging = message.NewID()
	}
	return in, nil
}

// tookLonger tells by both clocks: the one that only goes on, and the one on the wall, by which chunks and day keys are swept. A
// machine that slept, or whose clock was put right, has the two far apart.
func tookLonger(from, to time.Time, most time.Duration) bool {
	return to.Sub(from) > most || to.Round(0).Sub(from.Round(0)) > most
}

func dayOf(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// take streams one part in: it must be exactly the bytes that the envelope signs for, and an age file for that many keys. A
// fault.List says what is wrong with it (place is the part's name).
func (in *intake) take(ctx context.Context, part Part, src io.Reader, want message.Content, keys int, x25519 bool) error {
	sink := &chunks{ctx: ctx, store: in.store, staging: in.staging, part: part}
	sink.buf = make([]byte, 0, min(want.Length+want.Length/1024+1024, chunkSize)) // room for the file and age's part in it
	sealed, err := age.Encrypt(sink, dayRecipient{day: in.day, key: in.key, id: in.id, of: part})
	if err != nil {
		return fmt.Errorf("encrypting the %s of a message at rest: %w", part, err)
	}
	if err := copyChecked(sealed, part, src, want, message.NewAgeHeaderChecker(keys, x25519)); err != nil {
		return err
	}
	if err := sealed.Close(); err != nil {
		return fmt.Errorf("keeping the %s of a message: %w", part, err)
	}
	if err := sink.close(); err != nil {
		return err
	}
	if in.staging == "" {
		in.inline[part] = sink.buf
	}
	return nil
}

// copyBuffers spares each upload a buffer. What passes through them is ciphertext.
var copyBuffers = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// copyChecked copies src to sealed and judges it on the way.
func copyChecked(sealed io.Writer, part Part, src io.Reader, want message.Content, header *message.AgeHeaderChecker) error {
	var (
		faults fault.List
		place  = string(part)
		sum    = sha256.New()
		total  int64
		buf    = copyBuffers.Get().(*[32 << 10]byte)
	)
	defer copyBuffers.Put(buf)
	for {
		n, readErr := fill(buf[:], src)
		total += int64(n)
		if total > want.Length {
			// Not a byte more is read: a stranger does not get to choose how much we take in.
			faults.Add(place+".lengte", "het bestand is langer dan de envelop zegt")
			return faults
		}
		sum.Write(buf[:n])
		if _, _ = header.Write(buf[:n]); header.Err() != nil {
			return ageFault(place, header.Err())
		}
		if _, err := sealed.Write(buf[:n]); err != nil {
			return fmt.Errorf("keeping the %s of a message: %w", part, err)
		}
		if errors.Is(readErr, io.EOF) {
			break
		}
		if readErr != nil {
			return fmt.Errorf("reading the %s of a message: %w", part, readErr)
		}
	}
	if total < want.Length {
		faults.Add(place+".lengte", "het bestand is korter dan de envelop zegt; is het versturen afgebroken?")
	} else if digest.SHA256(sum.Sum(nil)) != want.Digest {
		faults.Add(place+".digest", "de digest van het bestand is niet die uit de envelop")
	}
	if err := header.Close(); err != nil {
		faults = append(faults, ageFault(place, err)...)
	}
	return faults.Err()
}

// fill reads until there is no more room, or no more: the parts of a form come in bits, and each is judged, hashed and encrypted.
func fill(buf []byte, src io.Reader) (n int, err error) {
	for n < len(buf) && err == nil {
		var more int
		more, err = src.Read(buf[n:])
		n += more
	}
	return n, err
}

// ageFault tells a verdict of message.AgeHeaderChecker.
func ageFault(place string, verdict error) fault.List {
	var faults fault.List
	if errors.Is(verdict, message.ErrAgeKeys) {
		faults.Add(place, "het age-bestand is niet versleuteld voor precies de genoemde deelnemers, of met een soort sleutel die het convenant niet toestaat")
	} else {
		faults.Add(place, "dit is geen age-bestand (binair, versie 1)")
	}
	return faults
}

// drop forgets what was staged, unless a message owns it by now. What a crash leaves behind is swept after stagedLife.
func (in *intake) drop(ctx context.Context) {
	if in.staging != "" {
		_ = in.store.DropStaged(context.WithoutCancel(ctx), in.staging) // SweepStaged does it again
	}
}
