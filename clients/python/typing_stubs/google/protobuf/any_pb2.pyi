from typing import Any as Anything

from google.protobuf.message import Message

class Any(Message):
    def Is(self, descriptor: Anything) -> bool: ...
    def Unpack(self, message: Message) -> bool: ...
