package trailcheck

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
)

// walk goes through all records in order, once, and through everything that is kept under their numbers: a page is checked while the next
// one is read.
func (c *check) walk(ctx context.Context) (err error) {
	ctx, stop := context.WithCancel(ctx)
	pages := c.pages(ctx)
	defer func() {
		if ended := c.looked(); ended != nil && !errors.Is(ended, context.Canceled) {
			err = ended // of records before those of this page
		}
		stop()
		for range pages { // until the reader has gone: the database is closed after this
		}
	}()
	var t tree
	last := &record{}
	c.compare(0, t.root())
	for t.size < c.size {
		p, more := <-pages
		if !more {
			return ctx.Err()
		}
		if p.err != nil {
			return p.err
		}
		if len(p.records) == 0 {
			return falsehood(t.size, "ontbreekt")
		}
		if err := c.page(ctx, p, &t, last); err != nil {
			return err
		}
		last = &p.records[len(p.records)-1]
		c.progress(t.size, c.size)
	}
	if err := c.lookInLists(ctx); err != nil {
		return err
	}
	root := t.root()
	c.report.Root = base64.StdEncoding.EncodeToString(root[:])
	if c.size > 0 && c.lastTime.Int64 != last.time.UnixMilli() {
		return falsehood(last.nr, "de tijd van het laatste controlepunt is een andere")
	}
	return c.looked()
}

// page checks a page: the records and their hashes, the checkpoints on them, and what is kept beside them.
func (c *check) page(ctx context.Context, p *page, t *tree, last *record) error {
	var made []hash
	var owner []int64 // the record that each hash came with
	roots := c.sizes(p)
	for i := range p.records {
		r := &p.records[i]
		if r.nr != t.size {
			return falsehood(t.size, "ontbreekt")
		}
		h, err := p.leafOf(r)
		if err == nil {
			err = r.check(last)
		}
		if err == nil {
			err = c.note(r)
		}
		if err != nil {
			return err
		}
		for _, h := range t.add(h) {
			made, owner = append(made, h), append(owner, r.nr)
		}
		if _, asked := roots[t.size]; asked {
			roots[t.size] = t.root()
			c.compare(t.size, roots[t.size])
		}
		last = r
	}
	if err := p.sameHashes(made, owner); err != nil {
		return err
	}
	if err := c.signatures(p, roots); err != nil {
		return err
	}
	return c.besidePage(ctx, p)
}

// sizes gives the sizes at which the root of the tree is compared with something: what the log signed, and what somebody holds of it.
func (c *check) sizes(p *page) map[int64]hash {
	roots := make(map[int64]hash, len(p.checkpoints))
	for _, kept := range p.checkpoints {
		roots[kept.size] = hash{}
	}
	for _, h := range c.held {
		roots[h.size] = hash{}
	}
	return roots
}

// leafOf gives the hash of a record; of one that has no content the kept one: the tree above it shows whether that is the right one.
func (p *page) leafOf(r *record) (hash, error) {
	if !r.pruned {
		return r.leaf, nil
	}
	ix := hashCount(r.nr)
	for i := max(0, min(ix-hashCount(p.first()), int64(len(p.hashes))-1)); i >= 0 && i < int64(len(p.hashes)); i-- { // fewer may be there
		if kept := p.hashes[i]; kept.ix == ix && len(kept.hash) == len(hash{}) {
			return hash(kept.hash), nil
		} else if kept.ix < ix {
			break
		}
	}
	return hash{}, falsehood(r.nr, "een hash ontbreekt")
}

// sameHashes compares the kept hashes of a page with those that were computed.
func (p *page) sameHashes(made []hash, owner []int64) error {
	first := hashCount(p.first())
	for i, kept := range p.hashes {
		if kept.ix != first+int64(i) || !bytes.Equal(kept.hash, made[i][:]) {
			return falsehood(owner[i], "de bewaarde hash hoort niet bij de inhoud")
		}
	}
	if missing := len(p.hashes); missing < len(made) {
		return falsehood(owner[missing], "een hash ontbreekt")
	}
	return nil
}

// note notes what the report and later steps need of a record.
func (c *check) note(r *record) error {
	switch r.kind {
	case "opgeschoond":
		if err := c.told.tells(r.nr, r.time, r.canonical); err != nil {
			return err
		}
	case "verlies":
		loss, err := r.admits()
		if err != nil {
			return err
		}
		c.losses[r.nr], c.report.Losses = loss, append(c.report.Losses, loss)
	}
	if r.nr == 0 {
		c.report.First = r.time
	}
	c.report.Last = r.time
	c.report.Records++
	if r.pruned {
		c.report.Pruned++
		c.emptied.note(r.nr)
	}
	c.report.Kinds[r.kind]++
	if r.said.jws != nil && isRegistry[r.kind] {
		c.published[published{r.kind, sha256.Sum256([]byte(*r.said.jws))}] = true
	}
	return nil
}
