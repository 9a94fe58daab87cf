package trailcheck

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"math/bits"
)

// messages checks what was gathered of messages, readers and holds over the whole trail, and then tells what contradicts it.
func (c *check) messages(ctx context.Context) error {
	k := &c.kept
	c.suspect(payloadBack, k.payload.any(func(i int) uint64 { return k.payload[i] & k.payloadErased[i] }))
	c.suspect(motivationBack, k.motivation.any(func(i int) uint64 { return k.motivation[i] & k.motivationErased[i] }))
	if !c.bare {
		c.suspect(payloadGone, k.messages.any(func(i int) uint64 { return k.messages[i] &^ k.payload[i] &^ k.payloadErased[i] }))
		c.suspect(motivationGone, k.reviewed.any(func(i int) uint64 { return k.reviewed[i] &^ k.motivation[i] &^ k.motivationErased[i] }))
	}
	c.suspect(letGo, len(k.holds) > 0)
	if err := c.counted(ctx); err != nil {
		return err
	}
	if err := c.confirmations(ctx); err != nil {
		return err
	}
	if err := c.judge(ctx); err != nil {
		return err
	}
	for _, word := range k.payload {
		c.report.Held += int64(bits.OnesCount64(word))
	}
	c.report.Erased = c.report.Messages - c.report.Held
	return nil
}

// suspect notes a doubt about which the walk is not sure.
func (c *check) suspect(d doubt, doubtful bool) {
	c.doubts[d].maybe = c.doubts[d].maybe || doubtful
}

// counted compares how many readers and decisions there are with how many the walk found right. There are fewer when something was pruned
// meanwhile, so that who adds one just then is found by the next run.
func (c *check) counted(ctx context.Context) error {
	var readers, decisions int64
	if err := c.queryRow(ctx, `SELECT count(*) FROM record_party WHERE nr < ?`, c.size).Scan(&readers); err != nil {
		return fmt.Errorf("counting readers: %w", err)
	}
	c.suspect(foreignReader, readers != c.kept.readers)
	c.suspect(prunedFound, readers != c.kept.readers)
	if !c.from.decisions() {
		return nil
	}
	if err := c.queryRow(ctx, `SELECT count(*) FROM decision WHERE nr < ?`, c.size).Scan(&decisions); err != nil {
		return fmt.Errorf("counting decisions: %w", err)
	}
	c.suspect(otherConvenant, decisions != c.kept.decisions)
	return nil
}

// confirmations checks that each confirmation that is kept stands in the trail.
func (c *check) confirmations(ctx context.Context) error {
	for from, more := int64(math.MinInt64), true; more; {
		err := c.at(ctx, func(m moment) (err error) {
			from, more, err = c.someConfirmations(ctx, m, from)
			return err
		})
		if err != nil {
			return fmt.Errorf("comparing confirmations with the trail: %w", err)
		}
	}
	return nil
}

// someConfirmations checks a page of confirmations, from a number of theirs on, and gives where the next begins. The digest of what was
// signed, by which their records are found, was compared with their content in the walk.
func (c *check) someConfirmations(ctx context.Context, m moment, from int64) (next int64, more bool, err error) {
	type confirmation struct {
		message int64
		kind    string
		digest  hash
	}
	var seq int64
	var one confirmation
	var compact []byte
	var list []confirmation
	err = m.each(ctx, func() error {
		one.digest = sha256.Sum256(compact)
		list = append(list, one)
		return nil
	}, []any{&seq, &one.message, &one.kind, &compact}, `SELECT seq, message, kind, compact FROM confirmation WHERE seq >= ? ORDER BY seq LIMIT ?`, from, pageSize)
	if err != nil || len(list) == 0 {
		return 0, false, err
	}
	var messages []int64
	var digests [][]byte
	for _, c := range list {
		messages, digests = append(messages, c.message), append(digests, c.digest[:])
	}
	ids := map[int64]string{}
	var nr int64
	var id string
	if err := m.each(ctx, func() error { ids[nr] = id; return nil }, []any{&nr, &id},
		`SELECT nr, id FROM message WHERE nr `+m.from.in(), m.from.list(messages)); err != nil {
		return 0, false, err
	}
	type recorded struct {
		id, kind string
		digest   hash
	}
	have := map[recorded]bool{}
	var kind string
	var digest []byte
	if err := m.each(ctx, func() error { have[recorded{id, kind, hash(digest)}] = true; return nil }, []any{&id, &kind, &digest},
		`SELECT message, kind, jws_digest FROM record WHERE message IS NOT NULL AND jws_digest `+m.from.inBytes(), m.from.listBytes(digests)); err != nil {
		return 0, false, err
	}
	for _, one := range list {
		if id, known := ids[one.message]; known && !have[recorded{id, one.kind, one.digest}] {
			c.contradicts(otherConfirmation, one.message)
		}
	}
	return seq + 1, len(list) == pageSize && seq < math.MaxInt64, nil
}
