# binascii: base64, hexadecimal, uuencoding, quoted-printable, checksums.
import binascii
def t(f, *a, **k):
    try: r = f(*a, **k)
    except Exception as e: r = (type(e).__name__, str(e))
    print(f.__name__, a, k, r)
for s in (b'YWJj', 'YWJj', b'YWI=', b'YQ==', b'YQ=', b'Y', b'YWJjZ', b'=YWJj', b'YW=Jj', b'YW==Jj', b'YWJj====', b'Y W\nJj!', b'', b'YWJjZA', 'é', 3, b'YQ==YQ==', b'ab=', b'ab=c', b'a=b==', b'==', b'abc=d', b'YWJj=', b'YWJj\n', b'YQ=x=', b'YQ==='):
    t(binascii.a2b_base64, s); t(binascii.a2b_base64, s, strict_mode=True)
t(binascii.b2a_base64, b'abcd'); t(binascii.b2a_base64, b'abc', newline=False); t(binascii.b2a_base64, 'x')
t(binascii.hexlify, b'abc'); t(binascii.hexlify, b'abcdef', '-'); t(binascii.hexlify, b'abcdefg', b':', 2); t(binascii.hexlify, b'abcdefg', ':', -2); t(binascii.hexlify, b'abc', '--'); t(binascii.hexlify, b'abc', 'é'); t(binascii.hexlify, b'abc', 3); t(binascii.hexlify, b'', ':')
t(binascii.unhexlify, '6162'); t(binascii.unhexlify, b'616'); t(binascii.unhexlify, 'zz'); t(binascii.unhexlify, 'é'); t(binascii.unhexlify, 1)
t(binascii.crc32, b'hello'); t(binascii.crc32, b'hello', 5); t(binascii.crc_hqx, b'hello', 0); t(binascii.crc_hqx, b'hello', 0x12345); t(binascii.crc32, b'a', -1); t(binascii.crc32,'a')
t(binascii.b2a_uu, b'hello world'); t(binascii.b2a_uu, b'\0\0\0', backtick=True); t(binascii.b2a_uu, b'x'*46); t(binascii.b2a_uu, b'')
t(binascii.a2b_uu, b"+:&5L;&\\@=V]R;&0 \n"); t(binascii.a2b_uu, b"#!!!\x01"); t(binascii.a2b_uu, b"!!!!!!!"); t(binascii.a2b_uu, b''), t(binascii.a2b_uu, b'#86)C 1')
t(binascii.b2a_qp, b'a=b \t\nfoo\xff. end \n.\n'); t(binascii.b2a_qp, b'a b\tc', quotetabs=True); t(binascii.b2a_qp, b'a_b c', header=True); t(binascii.b2a_qp, b'x'*100); t(binascii.b2a_qp, b'a\r\nb\nc', istext=False); t(binascii.b2a_qp, b'a\r\nb \r\n'); t(binascii.b2a_qp, b'x'*73+b'=ab\n'); t(binascii.b2a_qp, b'x'*75+b'\n'); t(binascii.b2a_qp, b'x'*76+b'\n');t(binascii.b2a_qp, b'x'*74+b' \n')
t(binascii.a2b_qp, b'a=3Db=20\n=\nfoo=FF=zz=4'); t(binascii.a2b_qp, b'a_b=5F', header=True); t(binascii.a2b_qp, 'a=\r\nb'); t(binascii.a2b_qp, b'a=  \nb'); t(binascii.a2b_qp, b'=')
print(binascii.Error.__mro__, binascii.Incomplete.__mro__)
