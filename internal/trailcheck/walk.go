package trailcheck

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"golang.org/x/mod/sumdb/note"
)

// pageSize is how many records are read at a time: short transactions, little memory.
const pageSize = 500

// walk goes through all records in order, and through the hashes and checkpoints beside them.
func (c *check) walk(ctx context.Context) error {
	var t tree
	var last record
	c.compare(0, t.root())
	for t.size < c.size {
		page, err := c.records(ctx, t.size, min(pageSize, c.size-t.size))
		if err != nil {
			return err
		}
		if len(page) == 0 {
			return falsehood(t.size, "ontbreekt")
		}
		first := hashCount(t.size)
		var made []hash
		var owner []int64 // the record that each hash came with
		roots := make(map[int64]hash, len(page))
		leaves, err := c.leaves(ctx, page)
		if err != nil {
			return err
		}
		for _, r := range page {
			if r.nr != t.size {
				return falsehood(t.size, "ontbreekt")
			}
			h, pruned := leaves[r.nr]
			if pruned {
				err = r.checkPruned(last)
			} else {
				h, err = leaf(r.canonical), r.check(last)
			}
			if err == nil && r.kind == "opgeschoond" {
				err = c.told.tells(r.nr, r.time, r.canonical)
			}
			if err != nil {
				return err
			}
			if r.kind == "verlies" {
				loss, err := r.admits()
				if err != nil {
					return err
				}
				c.losses[r.nr], c.report.Losses = loss, append(c.report.Losses, loss)
			}
			c.count(r)
			for _, h := range t.add(h) {
				made, owner = append(made, h), append(owner, r.nr)
			}
			roots[t.size] = t.root()
			c.compare(t.size, roots[t.size])
			last = r
		}
		if err := c.hashes(ctx, first, made, owner); err != nil {
			return err
		}
		if err := c.checkpoints(ctx, t.size-int64(len(page)), t.size, roots); err != nil {
			return err
		}
		if err := c.found(ctx, page); err != nil {
			return err
		}
	}
	root := t.root()
	c.report.Root = base64.StdEncoding.EncodeToString(root[:])
	if c.size > 0 && c.lastTime.Int64 != last.time.UnixMilli() {
		return falsehood(last.nr, "de tijd van het laatste controlepunt is een andere")
	}
	return nil
}

// leaves gives the kept hash of each record of a page that has no content: the tree above it shows whether that is the right one.
func (c *check) leaves(ctx context.Context, page []record) (map[int64]hash, error) {
	of := map[int64]int64{} // by place
	for _, r := range page {
		if r.canonical == nil {
			of[hashCount(r.nr)] = r.nr
		}
	}
	leaves := make(map[int64]hash, len(of))
	if len(of) == 0 {
		return leaves, nil
	}
	rows, err := c.query(ctx, `SELECT ix, hash FROM hash WHERE ix >= ? AND ix < ?`, hashCount(page[0].nr), hashCount(page[len(page)-1].nr+1))
	if err != nil {
		return nil, fmt.Errorf("reading hashes of what was pruned: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var ix int64
		var kept []byte
		if err := rows.Scan(&ix, &kept); err != nil {
			return nil, fmt.Errorf("reading hashes of what was pruned: %w", err)
		}
		if nr, asked := of[ix]; asked && len(kept) == len(hash{}) {
			leaves[nr] = hash(kept)
			delete(of, ix)
		}
	}
	for _, nr := range of {
		return nil, falsehood(nr, "een hash ontbreekt")
	}
	return leaves, rows.Err()
}

func (c *check) records(ctx context.Context, from, n int64) ([]record, error) {
	rows, err := c.query(ctx, `
		SELECT nr, kind, time, message, jws_digest, canonical FROM record WHERE nr >= ? ORDER BY nr LIMIT ?`, from, n)
	if err != nil {
		return nil, fmt.Errorf("reading records from %d: %w", from, err)
	}
	defer rows.Close()
	var page []record
	for rows.Next() {
		var r record
		if err := rows.Scan(&r.nr, &r.kind, &r.moment, &r.message, &r.jwsDigest, &r.canonical); err != nil {
			return nil, fmt.Errorf("reading records from %d: %w", from, err)
		}
		page = append(page, r)
	}
	return page, rows.Err()
}

// hashes compares the kept hashes from an index on with those that were computed.
func (c *check) hashes(ctx context.Context, first int64, made []hash, owner []int64) error {
	rows, err := c.query(ctx, `SELECT ix, hash FROM hash WHERE ix >= ? ORDER BY ix LIMIT ?`, first, len(made))
	if err != nil {
		return fmt.Errorf("reading hashes from %d: %w", first, err)
	}
	defer rows.Close()
	i := 0
	for ; rows.Next(); i++ {
		var ix int64
		var kept []byte
		if err := rows.Scan(&ix, &kept); err != nil {
			return fmt.Errorf("reading hashes from %d: %w", first, err)
		}
		if ix != first+int64(i) || !bytes.Equal(kept, made[i][:]) {
			return falsehood(owner[i], "de bewaarde hash hoort niet bij de inhoud")
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading hashes from %d: %w", first, err)
	}
	if i < len(made) {
		return falsehood(owner[i], "een hash ontbreekt")
	}
	return nil
}

// checkpoints checks those of the sizes after `from` up to and including `to`.
func (c *check) checkpoints(ctx context.Context, from, to int64, roots map[int64]hash) error {
	rows, err := c.query(ctx, `SELECT size, note FROM checkpoint WHERE size > ? AND size <= ? ORDER BY size`, from, to)
	if err != nil {
		return fmt.Errorf("reading checkpoints from %d: %w", from, err)
	}
	defer rows.Close()
	for rows.Next() {
		var size int64
		var signed []byte
		if err := rows.Scan(&size, &signed); err != nil {
			return fmt.Errorf("reading checkpoints from %d: %w", from, err)
		}
		if err := c.checkpoint(size, signed, roots[size]); err != nil {
			return err
		}
		if size == c.size && !bytes.Equal(signed, c.lastNote) {
			return falsehood(size-1, "het laatste controlepunt staat er op twee manieren")
		}
		c.report.Checkpoints++
	}
	return rows.Err()
}

// checkpoint checks a signed note: C2SP tlog-checkpoint has the origin, the size and the root on three lines.
func (c *check) checkpoint(size int64, signed []byte, root hash) error {
	if err := c.begins(size, signed); err != nil {
		return err
	}
	n, err := note.Open(signed, note.VerifierList(c.name))
	if err != nil {
		return falsehood(size-1, "de handtekening onder het controlepunt na deze regel klopt niet")
	}
	want := fmt.Sprintf("%s\n%d\n%s\n", c.name.Name(), size, base64.StdEncoding.EncodeToString(root[:]))
	if n.Text != want {
		return falsehood(size-1, "het controlepunt na deze regel hoort bij een ander auditspoor")
	}
	return nil
}

// count notes what the report and later steps need of a record.
func (c *check) count(r record) {
	if r.nr == 0 {
		c.report.First = r.time
	}
	c.report.Last = r.time
	c.report.Records++
	if r.canonical == nil {
		c.report.Pruned++
	}
	c.report.Kinds[r.kind]++
	if r.jws != nil && isRegistry[r.kind] {
		c.published[published{r.kind, sha256.Sum256([]byte(*r.jws))}] = true
	}
}
