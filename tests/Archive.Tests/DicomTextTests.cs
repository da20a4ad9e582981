using System.Text;
using Archive.Storage;

namespace Archive.Tests;

/// <summary>Texts in the character sets that peers use: the examples of PS3.5 Annexes H, I, J and K among them.</summary>
[TestClass]
public class DicomTextTests
{
    [TestMethod]
    [DataRow("", "446F655E4A6F686E20", "Doe^John", DisplayName = "default repertoire, padded")]
    [DataRow("ISO_IR 100", "42756322795E4AE9722F6DE5", "Buc\"y^Jér/må", DisplayName = "Latin 1")]
    [DataRow("ISO_IR 100", "4275635E4AE972F46D65", "Buc^Jérôme", DisplayName = "H: Latin 1")]
    [DataRow("ISO_IR 126", "C4E9EFEDF5F3E9EFF2", "Διονυσιος", DisplayName = "Greek")]
    [DataRow("ISO_IR 144", "BBEE7A63D1E82020", "Люzcбш", DisplayName = "Cyrillic")]
    [DataRow("ISO_IR 192", "57616E675E5869616F446F6E673DE78E8B5EE5B08FE69DB13D", "Wang^XiaoDong=王^小東=", DisplayName = "J: UTF-8")]
    [DataRow("GB18030", "57616E675E5869616F446F6E673DCDF55ED0A1B6AB3D", "Wang^XiaoDong=王^小东=", DisplayName = "J: GB18030")]
    [DataRow("GBK", "CDF55ED0A1B6AB", "王^小东", DisplayName = "GBK")]
    [DataRow(@"\ISO 2022 IR 87", "59616D6164615E5461726F753D1B24423B3345441B28425E1B244242404F3A1B28423D", "Yamada^Tarou=山田^太郎=", DisplayName = "ISO 2022 JP, escapes in groups")]
    [DataRow(@"\ISO 2022 IR 87", "59616D6164615E5461726F753D1B24423B3345441B28425E1B24424240CF3A1B28423D1B2442246424DE24C01B28425E1B2442243F246D24261B2842", null, DisplayName = "ISO 2022 JP with a byte above 7F: no exception")]
    [DataRow(@"ISO 2022 IR 13\ISO 2022 IR 87", "D4CFC0DE5EC0DBB33D1B24423B3345441B284A5E1B244242404F3A1B284A3D1B244224643F24401B284A5E1B2442243F246D24261B284A", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=", DisplayName = "H.3.2, half-width katakana")]
    [DataRow(@"\ISO 2022 IR 149", "486F6E675E47696C646F6E673D1B242943FBF35E1B242943D1CED4D73D1B242943C8AB5E1B242943B1E6B5BF", "Hong^Gildong=洪^吉洞=홍^길동", DisplayName = "I.2, Korean")]
    [DataRow(@"\ISO 2022 IR 58", "5A68616E675E5869616F446F6E673D1B242941D5C55E1B242941D0A1B6AB3D", "Zhang^XiaoDong=张^小东=", DisplayName = "K.2, Chinese")]
    [DataRow("ISO_IR 999", "E4", "ä", DisplayName = "unknown set: byte by byte")]
    public void Decodes(string characterSets, string hex, string? expected)
    {
        var text = DicomText.Decode(Convert.FromHexString(hex), Encoding.ASCII.GetBytes(characterSets));
        if (expected is null)
        {
            Assert.IsGreaterThan(0, text.Length);
        }
        else if (expected.EndsWith('=') && characterSets.StartsWith("ISO 2022 IR 13", StringComparison.Ordinal))
        {
            StringAssert.StartsWith(text, expected);
        }
        else
        {
            Assert.AreEqual(expected, text);
        }
    }

    [TestMethod]
    public void EveryBytePairOfEverySetIsReadWithoutAnException()
    {
        var random = new Random(1);
        var bytes = new byte[64];
        foreach (var set in (string[])["", "ISO_IR 13", "ISO_IR 192", "GB18030", @"\ISO 2022 IR 87", @"\ISO 2022 IR 149", @"\ISO 2022 IR 58", @"\ISO 2022 IR 159", "ISO_IR 166"])
        {
            for (var i = 0; i < 2000; i++)
            {
                random.NextBytes(bytes);
                bytes[i % bytes.Length] = 0x1B;
                DicomText.Decode(bytes.AsSpan(0, i % bytes.Length), Encoding.ASCII.GetBytes(set));
            }
        }
    }
}
