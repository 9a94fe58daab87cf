package sqlite

import (
	"context"
	"sync"
	"time"
)

// wiper empties the journal soon after an erasure. secure_delete overwrites what is erased in the file itself, but the journal
// (WAL) still holds the pages as they were; a checkpoint that truncates it removes them. It does so outside transactions and at
// most a few times a second, because nobody can write meanwhile.
type wiper struct {
	write *writer
	due   chan struct{}
	quit  chan struct{}
	done  sync.WaitGroup
}

// wipePause is the least time between two wipes, and how long ciphertext stays in the journal at most, unless a reader is busy.
const wipePause = 250 * time.Millisecond

func newWiper(w *writer) *wiper {
	p := &wiper{write: w, due: make(chan struct{}, 1), quit: make(chan struct{})}
	p.done.Add(1)
	go p.run()
	return p
}

// wake says that something was erased.
func (p *wiper) wake() {
	select {
	case p.due <- struct{}{}:
	default: // it is due already
	}
}

func (p *wiper) stop() {
	close(p.quit)
	p.done.Wait()
}

func (p *wiper) run() {
	defer p.done.Done()
	for {
		select {
		case <-p.due:
		case <-p.quit:
			return
		}
		if complete, err := p.write.wipeNow(); err != nil || !complete {
			p.wake() // a reader is in the way, or the disk: again after the pause
		}
		select {
		case <-time.After(wipePause):
		case <-p.quit:
			return
		}
	}
}

func (w *writer) wipeNow() (complete bool, err error) {
	if err := w.acquire(context.Background()); err != nil {
		return false, err
	}
	defer w.release()
	return w.wipe()
}

// wipe empties the journal; complete is false when a reader kept it from doing so. It does not wait for readers: everybody who
// wants to write would wait with it.
func (w *writer) wipe() (complete bool, err error) {
	if _, err := w.exec("PRAGMA busy_timeout = 0"); err != nil {
		return false, err
	}
	var busy, frames, moved int
	err = w.row("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
	if _, back := w.exec("PRAGMA busy_timeout = 5000"); back != nil {
		w.drop()
	}
	return busy == 0, err
}
