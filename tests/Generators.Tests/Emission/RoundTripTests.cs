using System.Globalization;
using System.Reflection;
using FellowOakDicom.Network;
using Specgen.Generators.Emission;
using Specgen.Generators.Standard;
using Specgen.Generators.Text;

namespace Specgen.Generators.Tests.Emission;

/// <summary>Every member of every generated enum of the repository's pages, asked what it is: the answers are the rows of the pages.</summary>
[TestClass]
public sealed class RoundTripTests
{
    public static IEnumerable<object[]> StatusTables =>
        StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses).SelectMany(static service => service.Statuses.Select(table => new object[] { service.Name, table.Operation.ToString() }));

    /// <summary>Code → definition → category → description → fo-dicom's status, for a row's first code, its last, and one between.</summary>
    [TestMethod]
    [DynamicData(nameof(StatusTables))]
    public void Statuses(string serviceClass, string operation)
    {
        var service = StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses).Single(service => service.Name == serviceClass);
        var table = service.Statuses.Single(table => table.Operation.ToString() == operation);
        var type = StandardPages.Generated(Names.StatusEnum(service.ShortName, table.Operation));
        var ask = new Questions(type);
        var rows = table.Rows.Distinct().ToList();

        CollectionAssert.AreEquivalent(rows.Select(static row => row.First).ToList(), Enum.GetNames(type).Select(name => Code(Enum.Parse(type, name))).ToList(), "one member a row");
        foreach (var code in rows.SelectMany(static row => new[] { row.First, row.Last, (ushort)((row.First + row.Last) / 2) }).Distinct())
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{type.Name} {code:X4}");
            var row = RowOf(rows, code);
            var status = Enum.ToObject(type, code);
            var definition = ask.Of("Definition", status);
            Assert.IsTrue((bool)ask.Of("IsDefined", status), where);
            Assert.AreEqual(row.First, Code(definition), where);
            Assert.IsTrue(Enum.IsDefined(type, definition), where);
            Assert.AreEqual(definition, ask.Of("Definition", definition), where);
            foreach (var asked in new[] { status, definition })
            {
                Assert.AreEqual(row.Category.ToString(), ask.Of("Category", asked).ToString(), where);
                Assert.AreEqual(row.Description, ask.Of("Description", asked), where);
                var dicom = (DicomStatus)ask.Of("ToDicomStatus", asked);
                Assert.AreEqual(Code(asked), dicom.Code, where);
                Assert.AreEqual(row.Category.ToString(), dicom.State.ToString(), where);
                Assert.AreEqual(row.Description, dicom.Description, where);
            }

            var info = Find(service.SopClasses[0].Uid, operation, code) ?? throw new AssertFailedException(where + " is not in the catalogue");
            Assert.AreEqual((code, row.Category.ToString(), row.Description, row.Implementation), (info.Code, info.Category.ToString(), info.Description, info.Implementation), where);
        }
    }

    /// <summary>A code beside the rows is none of them: it keeps its number, and has no words.</summary>
    [TestMethod]
    [DynamicData(nameof(StatusTables))]
    public void CodesBesideTheRows_AreNotDefined(string serviceClass, string operation)
    {
        var service = StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses).Single(service => service.Name == serviceClass);
        var table = service.Statuses.Single(table => table.Operation.ToString() == operation);
        var type = StandardPages.Generated(Names.StatusEnum(service.ShortName, table.Operation));
        var ask = new Questions(type);
        var beside = table.Rows.SelectMany(static row => new[] { row.First - 1, row.Last + 1 }).Where(code => code is >= 0 and <= 0xFFFF && !table.Rows.Any(row => row.First <= code && code <= row.Last)).Distinct().ToList();

        Assert.IsNotEmpty(beside);
        foreach (var code in beside)
        {
            var status = Enum.ToObject(type, (ushort)code);
            var where = string.Create(CultureInfo.InvariantCulture, $"{type.Name} {code:X4}");
            Assert.IsFalse((bool)ask.Of("IsDefined", status), where);
            Assert.AreEqual(status, ask.Of("Definition", status), where);
            Assert.AreEqual("", ask.Of("Description", status), where);
            Assert.AreEqual(StatusCategories.Of((ushort)code), ask.Of("Category", status), where);
            Assert.AreEqual((ushort)code, ((DicomStatus)ask.Of("ToDicomStatus", status)).Code, where);
            Assert.IsNull(Find(service.SopClasses[0].Uid, operation, (ushort)code), where);
        }
    }

    /// <summary>No generated status enum that is not of a page's table, so that none is left out above.</summary>
    [TestMethod]
    public void EveryStatusEnum_IsOfATable() => CollectionAssert.AreEquivalent(
        StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses).SelectMany(static service => service.Statuses.Select(table => Names.StatusEnum(service.ShortName, table.Operation))).ToList(),
        StandardPages.Assembly.GetTypes().Where(static type => type.IsEnum && Extensions(type).GetMethod("ToDicomStatus") is not null).Select(static type => type.Name).ToList());

    /// <summary>Action types, event types and the values of attributes: a number → its member → the table's words.</summary>
    [TestMethod]
    public void TypesAndValues()
    {
        var words = StandardPages.Readings.SelectMany(static page => page.Content.ServiceClasses.SelectMany(static service => service.Types).Select(static type => (type.Id, type.Name))
            .Concat(page.Content.Modules.SelectMany(static module => module.Values).SelectMany(static values => values.Rows).Select(static value => (Id: value.Code, Name: value.Meaning)))).ToHashSet();
        var seen = new HashSet<(ushort, string)>();
        foreach (var type in StandardPages.Assembly.GetTypes().Where(static type => type.IsEnum && Extensions(type).GetMethod("ToDicomStatus") is null))
        {
            var ask = new Questions(type);
            foreach (var value in Enum.GetValues(type).Cast<object>())
            {
                var row = (Code(value), (string)ask.Of("Description", value));
                Assert.IsTrue((bool)ask.Of("IsDefined", value), $"{type.Name} {row}");
                Assert.Contains(row, words, type.Name);
                seen.Add(row);
            }

            Assert.IsFalse((bool)ask.Of("IsDefined", Enum.ToObject(type, 0xFFFF)), type.Name);
            Assert.AreEqual("", ask.Of("Description", Enum.ToObject(type, 0xFFFF)), type.Name);
        }

        CollectionAssert.AreEquivalent(words.ToList(), seen.ToList(), "every row of a table is a member");
    }

    /// <summary>The row that a code is of: the narrowest; of two alike the standard's, and then the first.</summary>
    private static Status RowOf(IEnumerable<Status> rows, ushort code) =>
        rows.Where(row => row.First <= code && code <= row.Last).OrderBy(static row => row.Last - row.First).ThenBy(static row => row.Implementation is not null).First();

    private static StatusInfo? Find(string sopClassUid, string operation, ushort code) => (StatusInfo?)StandardPages.Generated("DicomStandard").GetMethod("FindStatus")!.Invoke(null, [sopClassUid, Enum.Parse<Specgen.DimseOperation>(operation), code]);

    private static ushort Code(object value) => Convert.ToUInt16(value, CultureInfo.InvariantCulture);

    private static Type Extensions(Type type) => type.Assembly.GetType(type.FullName + "Extensions") ?? throw new AssertFailedException($"'{type.Name}' has no extensions.");

    /// <summary>The extension methods of a generated enum.</summary>
    private sealed class Questions(Type type)
    {
        private readonly Dictionary<string, MethodInfo> _methods = Extensions(type).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.GetParameters() is [var only] && only.ParameterType == type).ToDictionary(static method => method.Name, StringComparer.Ordinal);

        public object Of(string question, object value) => _methods[question].Invoke(null, [value])!;
    }
}
