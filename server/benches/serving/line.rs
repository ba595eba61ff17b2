//! A connection on which the same is asked again and again: so little of HTTP that it takes nothing from the program beside it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// One connection.
pub struct Line {
    stream: BufReader<TcpStream>,
    text: String,
    body: Vec<u8>,
}

/// What came back.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// The session's cookie, where it is given one.
    pub cookie: Option<String>,
    /// How long its body is.
    pub bytes: usize,
}

impl Line {
    /// To a host and port.
    pub fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address).expect("it listens");
        stream.set_nodelay(true).expect("the connection can be set up");
        Self { stream: BufReader::with_capacity(1 << 16, stream), text: String::new(), body: Vec::new() }
    }

    /// Asks, and reads the whole answer.
    pub fn ask(&mut self, request: &str) -> Answer {
        self.stream.get_mut().write_all(request.as_bytes()).expect("the request is taken");
        let status = self.line().split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let (mut length, mut cookie) = (None, None);
        while let Some((name, value)) = self.line().split_once(':') {
            let value = value.trim_start();
            match name {
                "content-length" => length = value.parse().ok(),
                "set-cookie" if value.starts_with("keyhouse=") => {
                    cookie = value.split(';').next().map(ToOwned::to_owned);
                }
                _ => {}
            }
        }
        let bytes = match length {
            Some(length) => self.skip(length),
            None => self.skip_chunks(),
        };
        Answer { status, cookie, bytes }
    }

    /// The next line of the head, without its end; empty after the last.
    fn line(&mut self) -> &str {
        self.text.clear();
        self.stream.read_line(&mut self.text).expect("an answer");
        self.text.trim_end()
    }

    fn skip(&mut self, length: usize) -> usize {
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).expect("a body");
        length
    }

    fn skip_chunks(&mut self) -> usize {
        let mut bytes = 0;
        loop {
            let length = usize::from_str_radix(self.line(), 16).expect("the length of a chunk");
            bytes += self.skip(length);
            self.line();
            if length == 0 {
                return bytes;
            }
        }
    }
}
