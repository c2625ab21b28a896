"""Problems and call errors as data, and their messages in Chinese and English."""
