-- Indexes that no question of the book uses, each of which every settlement would have to keep (不用的索引).
drop index settlements_by_time;
drop index encounters_of_member;
