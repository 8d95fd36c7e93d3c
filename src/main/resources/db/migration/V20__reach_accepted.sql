-- Why lists may become worse by a change that is planned; null where nobody has said so.
alter table scheduled
    add column accepted text;
