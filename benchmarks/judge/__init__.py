"""An independent judge of sessions: it reads rules and exercises from their files, without the code of the builder."""
