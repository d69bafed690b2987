/**
 * The queues: the file queue.db. `turn` orders a stage's jobs fairly (see turns.ts); `depth` counts jobs by state, so
 * that nobody has to count rows.
 */
export const QUEUE_SCHEMA: readonly string[] = [
  `
  create table job (
    id integer primary key,
    stage text not null,
    body text not null,
    grp text not null,
    state text not null check (state in ('visible', 'delayed', 'leased')),
    turn integer not null,
    visibleAt integer not null,
    sentAt integer not null,
    receiveCount integer not null default 0,
    receipt text,
    holder text
  );
  create index job_turn on job (stage, turn, id) where state = 'visible';
  create index job_due on job (stage, visibleAt) where state <> 'visible';
  create index job_age on job (stage, sentAt);
  create unique index job_receipt on job (receipt) where receipt is not null;
  create index job_holder on job (holder) where holder is not null;

  create table depth (
    stage text not null,
    state text not null,
    jobs integer not null,
    primary key (stage, state)
  ) without rowid;
  create trigger job_in after insert on job begin
    insert into depth values (new.stage, new.state, 1) on conflict do update set jobs = jobs + 1;
  end;
  create trigger job_out after delete on job begin
    update depth set jobs = jobs - 1 where stage = old.stage and state = old.state;
  end;
  create trigger job_moved after update of state on job when old.state <> new.state begin
    update depth set jobs = jobs - 1 where stage = old.stage and state = old.state;
    insert into depth values (new.stage, new.state, 1) on conflict do update set jobs = jobs + 1;
  end;

  create table turn (
    stage text not null,
    grp text not null,
    last integer not null,
    primary key (stage, grp)
  ) without rowid;
  create index turn_last on turn (stage, last);
  create table clock (stage text primary key, turn integer not null) without rowid;

  create table dead_letter (
    id integer primary key,
    stage text not null,
    body text not null,
    grp text not null,
    code text not null,
    reason text not null,
    buriedAt text not null,
    receiveCount integer not null
  );
  create index dead_letter_stage on dead_letter (stage, id);
  `,
];
