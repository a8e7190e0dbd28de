#:property PublishAot=false

// The bill of materials of the program, as CycloneDX 1.6 JSON on standard output: what is linked into it, with versions,
// hashes and licenses, from NuGet's own record of the restore. Nothing in it depends on when or where it was made.
//
//   dotnet run eng/Sbom.cs -- obj/project.assets.json

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

using var assets = JsonDocument.Parse(File.ReadAllBytes(args[0]));
var project = assets.RootElement.GetProperty("project");
var libraries = assets.RootElement.GetProperty("libraries");
var packageFolders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name).ToList();
var target = assets.RootElement.GetProperty("targets").EnumerateObject().First().Value;

// Analyzers and build tools are restored too, but have nothing that runs.
var linked = target.EnumerateObject()
    .Where(static package => package.Value.TryGetProperty("runtime", out var runtime) && runtime.EnumerateObject().Any(static file => !file.Name.EndsWith("/_._", StringComparison.Ordinal)))
    .ToDictionary(static package => package.Name.Split('/')[0], static package => package, StringComparer.OrdinalIgnoreCase);
var components = linked.Values
    .Select(package => Component(package.Name.Split('/')[0], package.Name.Split('/')[1], libraries.GetProperty(package.Name).GetProperty("sha512").GetString()!))
    .Concat(RuntimePackages().Select(package => Component(package.Name, package.Version, Sha512Of(package.Name, package.Version))))
    .OrderBy(static component => (string)component["bom-ref"]!, StringComparer.Ordinal)
    .ToList();

var name = project.GetProperty("restore").GetProperty("projectName").GetString()!;
var program = new JsonObject
{
    ["type"] = "application",
    ["bom-ref"] = "program",
    ["name"] = name,
    ["version"] = project.GetProperty("version").GetString(),
    ["licenses"] = Licenses("Apache-2.0"),
};
var direct = project.GetProperty("frameworks").EnumerateObject().First().Value.GetProperty("dependencies").EnumerateObject()
    .Where(dependency => linked.ContainsKey(dependency.Name))
    .Select(dependency => Reference(linked[dependency.Name].Name))
    .Concat(RuntimePackages().Select(static package => Purl(package.Name, package.Version)));
var dependencies = new JsonArray(DependsOn("program", direct));
foreach (var package in linked.Values.OrderBy(static package => package.Name, StringComparer.Ordinal))
{
    var next = package.Value.TryGetProperty("dependencies", out var named) ? named.EnumerateObject().Select(static dependency => dependency.Name) : [];
    dependencies.Add(DependsOn(Reference(package.Name), next.Where(linked.ContainsKey).Select(dependency => Reference(linked[dependency].Name))));
}

var bom = new JsonObject
{
    ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.6",
    ["version"] = 1,
    ["metadata"] = new JsonObject { ["component"] = program },
    ["components"] = new JsonArray([.. components]),
    ["dependencies"] = dependencies,
};
Console.WriteLine(bom.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }));
return;

// The runtime of native code is a download, not a dependency. One of them is enough: platforms share the version.
IEnumerable<(string Name, string Version)> RuntimePackages() =>
    project.GetProperty("frameworks").EnumerateObject().First().Value.TryGetProperty("downloadDependencies", out var downloads)
        ? downloads.EnumerateArray()
            .Select(static download => (Name: download.GetProperty("name").GetString()!, Version: download.GetProperty("version").GetString()!.Trim('[', ']').Split(',')[0].Trim()))
            .Where(static download => download.Name.StartsWith("Microsoft.NETCore.App.Runtime.NativeAOT.", StringComparison.Ordinal))
        : [];

JsonObject Component(string id, string version, string sha512)
{
    var component = new JsonObject
    {
        ["type"] = "library",
        ["bom-ref"] = Purl(id, version),
        ["name"] = id,
        ["version"] = version,
        ["purl"] = Purl(id, version),
        ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(sha512)) }),
    };
    if (LicenseOf(id, version) is { } license)
    {
        component["licenses"] = Licenses(license);
    }

    return component;
}

string? LicenseOf(string id, string version)
{
    var specification = XDocument.Load(InPackage(id, version, $"{id.ToLowerInvariant()}.nuspec"));
    return specification.Descendants().FirstOrDefault(static element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")?.Value;
}

string Sha512Of(string id, string version) => File.ReadAllText(InPackage(id, version, $"{id.ToLowerInvariant()}.{version}.nupkg.sha512"));

string InPackage(string id, string version, string file) =>
    packageFolders.Select(folder => Path.Combine(folder, id.ToLowerInvariant(), version, file)).FirstOrDefault(File.Exists)
    ?? throw new FileNotFoundException($"{id} {version} is not restored: {file} is in none of {string.Join(", ", packageFolders)}");

static string Purl(string id, string version) => $"pkg:nuget/{id}@{version}";

static string Reference(string nameAndVersion) => Purl(nameAndVersion.Split('/')[0], nameAndVersion.Split('/')[1]);

static JsonArray Licenses(string expression) => new(new JsonObject { ["expression"] = expression });

static JsonObject DependsOn(string reference, IEnumerable<string> on) =>
    new() { ["ref"] = reference, ["dependsOn"] = new JsonArray([.. on.Order(StringComparer.Ordinal).Select(static item => JsonValue.Create(item))]) };
