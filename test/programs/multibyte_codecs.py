"""The encodings of Chinese, Japanese and Korean."""
import codecs
import hashlib
import io

names = (
    'gb2312 gbk gb18030 big5 big5hkscs cp950 cp932 shift_jis shift_jis_2004 euc_jp euc_jis_2004 cp949 euc_kr johab'
).split()
text = 'Hello, 世界! こんにちは 한국어 漢字 ｶﾅ €é' * 3
codes = list(range(0x80, 0x500)) + list(range(0x2010, 0x2700)) + list(range(0x3000, 0x3200)) + list(range(0x4E00, 0x5200))
for name in names:
    written = hashlib.md5(''.join(map(chr, codes)).encode(name, 'backslashreplace')).hexdigest()
    read = hashlib.md5()
    for lead in range(0x80, 0x100, 3):
        for trail in range(0x20, 0x100, 5):
            read.update(ascii(bytes([lead, trail]).decode(name, 'replace')).encode())
    data = text.encode(name, 'xmlcharrefreplace')
    decoder = codecs.getincrementaldecoder(name)()
    parts = [decoder.decode(data[i:i + 3]) for i in range(0, len(data), 3)] + [decoder.decode(b'', True)]
    print(name, written, read.hexdigest(), len(data), ''.join(parts) == data.decode(name))
    for bad in (b'ab\x81', b'\xff\xffx', b'\x81\x20y', b'\xa4\xd4\xa4', b'\x8f\xa1', b'\x90\x30\x81\x30', b'\x81\x30\x81'):
        try:
            print(ascii(bad.decode(name)), end=' ')
        except UnicodeDecodeError as error:
            print(error.args[2:], end=' ')
    print()
    try:
        '\ud800'.encode(name)
    except UnicodeEncodeError as error:
        print(error)
print('\U0001f600'.encode('gb18030'), '\U0001f600'.encode('gb18030').decode('gb18030') == '\U0001f600')
stream = io.TextIOWrapper(io.BytesIO(), encoding='shift_jis', newline='\n')
stream.write('日本\n語\n')
stream.seek(0)
print(ascii(stream.readlines()), stream.buffer.getvalue())
reader = codecs.getreader('gbk')(io.BytesIO('你好\n世界'.encode('gbk')))
print(ascii(reader.readline()), ascii(reader.read(3)), ascii(reader.read()))
for name in 'hz', 'iso2022_jp', 'iso2022_jp_1', 'iso2022_jp_ext', 'iso2022_kr':
    for text in ('hello', '日本語 abc', 'あa\nい', '한국어 가 x', '你好~世界\nq', '漢字', '', 'a~b', '¥'):
        data = text.encode(name, 'replace')
        decoder = codecs.getincrementaldecoder(name)()
        parts = [decoder.decode(data[i:i + 1]) for i in range(len(data))] + [decoder.decode(b'', True)]
        print(name, data, ascii(data.decode(name)), ''.join(parts) == data.decode(name))
    encoder = codecs.getincrementalencoder(name)('replace')
    print([encoder.encode(text) for text in ('日', '本', 'a', '国')], encoder.encode('', True))
    for bad in (b'\x80', b'\x1b$B!', b'~{1', b'\x1b$Z', b'\x1b$B\x7f\x7f'):
        print(ascii(bad.decode(name, 'replace')), end=' ')
    print()
