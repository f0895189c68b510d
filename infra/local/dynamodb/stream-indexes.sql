-- dynoxide 1.2.1 looks for the end of a stream at each write to its table, and for its place in it at each read, among all records of all
-- streams, which it never removes. With these indexes it finds both at once.
CREATE INDEX _stream_records_end ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
CREATE INDEX _stream_records_place ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
