package move

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/bits"
	"time"
)

// compare reads every table back and compares it with what was sent.
func (m *mover) compare(ctx context.Context, sent []sum) error {
	for i, t := range tables {
		var s sum
		told := time.Now()
		m.told(Progress{Comparing, t.name, 0})
		for row, err := range m.to.Rows(ctx, t.name, t.columns) {
			if err != nil {
				return err
			}
			s.rows++
			if err := s.of.add(row); err != nil {
				return fmt.Errorf("reading back %s: %w", t.name, err)
			}
			if time.Since(told) > time.Second {
				told = time.Now()
				m.told(Progress{Comparing, t.name, s.rows})
			}
		}
		if s != sent[i] {
			return fmt.Errorf("%w: of %s %d rows were sent and %d are there, or one is another", ErrUnlike, t.name, sent[i].rows, s.rows)
		}
	}
	return nil
}

// fingerprint is of a set of rows, whatever their order: the sum of their SHA-256, modulo 2^256. Two sets that differ by accident have the
// same one as often as two hashes are the same.
type fingerprint [4]uint64

// add adds a row. Both sides give numbers, texts, bytes, lists of texts and NULL, each in types of their own.
func (f *fingerprint) add(row []any) error {
	var text []byte
	part := func(kind byte, b []byte) {
		text = append(binary.BigEndian.AppendUint64(append(text, kind), uint64(len(b))), b...)
	}
	for _, value := range row {
		switch v := value.(type) {
		case nil:
			part('0', nil)
		case int64:
			part('n', binary.BigEndian.AppendUint64(nil, uint64(v)))
		case int32:
			part('n', binary.BigEndian.AppendUint64(nil, uint64(v)))
		case string:
			part('t', []byte(v))
		case []byte:
			part('b', v)
		case []string:
			part('l', binary.BigEndian.AppendUint64(nil, uint64(len(v))))
			for _, s := range v {
				part('t', []byte(s))
			}
		case []any:
			part('l', binary.BigEndian.AppendUint64(nil, uint64(len(v))))
			for _, one := range v {
				s, is := one.(string)
				if !is {
					return fmt.Errorf("a list holds a %T", one)
				}
				part('t', []byte(s))
			}
		default:
			return fmt.Errorf("a column holds a %T", value)
		}
	}
	hash := sha256.Sum256(text)
	var carry uint64
	for i := 3; i >= 0; i-- {
		f[i], carry = bits.Add64(f[i], binary.BigEndian.Uint64(hash[8*i:]), carry)
	}
	return nil
}
